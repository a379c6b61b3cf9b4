import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentText } from '../../data/documents.ts';
import { type ChildServer, startChild } from '../../harness/child-server.ts';

const program = new URL('../../../../../clients/cli/src/main.ts', import.meta.url);
const BATCH = 1000;

/** A node of its own process, asked over HTTP. */
export class NodeDoor {
  readonly child: ChildServer;
  readonly token: string;

  private constructor(child: ChildServer, token: string) {
    this.child = child;
    this.token = token;
  }

  static async start(data: string, flags: readonly string[] = []): Promise<NodeDoor> {
    const child = await startChild(program, ['start', '--data', data, '--http', '127.0.0.1:0', ...flags]);
    return new NodeDoor(child, readFileSync(join(data, 'admin.key'), 'utf8').trim());
  }

  /** Makes the collection `documents` with so many documents, and an index on `grp` if asked. */
  async fill(documents: number, { indexed = false } = {}): Promise<void> {
    await this.ask('POST', '/v1/collections', '{"name":"documents"}');
    if (indexed) await this.ask('POST', '/v1/collections/documents/indexes', '{"keys":{"grp":1}}');
    for (let start = 0; start < documents; start += BATCH) {
      const texts = Array.from({ length: Math.min(BATCH, documents - start) }, (_, i) => documentText(start + i));
      await this.ask('POST', '/v1/collections/documents/documents', `[${texts.join(',')}]`);
    }
  }

  /** Throws when the answer is no success. */
  async ask(method: string, path: string, body?: string): Promise<string> {
    const headers = { authorization: `Bearer ${this.token}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${this.child.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return text;
  }
}

import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AerolithClient } from '@aerolithdb/client';
import type { Run } from '../schema/bookkeeping.ts';
import type { CliNode } from './cli-node.ts';
import { type CliRun, finished } from './run-cli.ts';

/** A folder of migrations, and the commands that work with it on one node. */
export class SchemaFolder {
  readonly path: string;
  readonly #node: CliNode;

  private constructor(node: CliNode, path: string) {
    this.#node = node;
    this.path = path;
  }

  static async make(node: CliNode): Promise<SchemaFolder> {
    const path = await mkdtemp(join(node.folder, 'schema-'));
    await mkdir(join(path, 'migrations'));
    return new SchemaFolder(node, path);
  }

  async write(name: string, content: string | object): Promise<void> {
    await writeFile(join(this.path, 'migrations', name), typeof content === 'string' ? content : JSON.stringify(content));
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, 'migrations', name));
  }

  diff(...args: string[]): Promise<CliRun> {
    return this.#node.run(['schema', 'diff', ...args], { cwd: this.path });
  }

  apply(...args: string[]): Promise<CliRun> {
    return this.#node.run(['schema', 'apply', ...args], { cwd: this.path });
  }

  /** Starts an apply, resolves once the run of the last migration has so many batches, and hands the process over. */
  async applyUntil(database: AerolithClient, batches: number, ...args: string[]) {
    const child = this.#node.spawn(['schema', 'apply', '--folder', join(this.path, 'migrations'), ...args]);
    const ended = finished(child);
    let hasEnded = false;
    ended.then(
      () => {
        hasEnded = true;
      },
      () => undefined,
    );
    while (!hasEnded && (await batchesOf(database)) < batches) await pause(5);
    return { child, ended };
  }
}

/** A client of the node, as its admin. */
export function clientOf(node: CliNode): AerolithClient {
  return new AerolithClient(node.url, { token: readFileSync(node.keyFile, 'utf8').trim() });
}

/** The last run of the ledger. */
export async function lastRun(database: AerolithClient): Promise<Run | null> {
  return database.collection<Run>('_schema').findOne({ kind: 'run' }, { sort: { _id: -1 } });
}

async function batchesOf(database: AerolithClient): Promise<number> {
  const infos = await database.collections();
  if (!infos.some(({ name }) => name === '_schema')) return 0;
  return (await lastRun(database))?.current?.batches ?? 0;
}

/** Documents whose ids are of every kind, so that a cursor has to go from type to type. */
export function mixedDocuments(count: number): { _id: unknown; n: number }[] {
  const kinds = [
    (i: number) => i - count / 2,
    (i: number) => `id ${i}`,
    (i: number) => ({ part: i }),
    (i: number) => new Date(i * 1000),
    (i: number) => i + 0.5,
    (i: number) => Uint8Array.of(i >> 8, i & 255),
  ];
  const special = [Number.NaN, Number.NEGATIVE_INFINITY].map((id) => ({ _id: id, n: 0 }));
  const plain = Array.from({ length: count - special.length }, (_, i) => ({ _id: kinds[i % kinds.length]?.(i), n: 0 }));
  return [...special, ...plain];
}

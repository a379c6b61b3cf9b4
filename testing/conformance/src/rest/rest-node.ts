import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RestLimits } from '@aerolithdb/api';
import { type Node, startNode } from '@aerolithdb/node';

/** An answer, with its body as text and as JSON where it is JSON. */
export type Reply = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: Json };

/** Any JSON: each test says what it expects of it. */
export type Json = ReturnType<typeof JSON.parse>;

export type SendOptions = { readonly headers?: Record<string, string>; readonly token?: string | undefined };

/** A real node with a folder of its own, on a free port. */
export class RestNode {
  /** Threads that serve HTTP of the nodes that are started from then on. */
  static httpThreads = 1;
  readonly running: Node;
  readonly server: { readonly url: string };
  /** Of an administrator. */
  readonly token: string;
  readonly faults: unknown[];
  readonly #folder: string;

  private constructor(running: Node, token: string, folder: string, faults: unknown[]) {
    this.running = running;
    this.server = { url: running.addresses.http! };
    this.token = token;
    this.#folder = folder;
    this.faults = faults;
  }

  static async start(limits: Partial<RestLimits> = {}, cors: readonly string[] = []): Promise<RestNode> {
    const folder = await mkdtemp(join(tmpdir(), 'aerolith-rest-'));
    const faults: unknown[] = [];
    const options = { data: folder, http: { host: '127.0.0.1', port: 0 }, httpThreads: RestNode.httpThreads };
    const http = { limits, cors, onFault: (error: unknown) => faults.push(error) };
    const running = await startNode(options, { writeLog: () => undefined, http });
    return new RestNode(running, running.adminKey.token!, folder, faults);
  }

  get port(): number {
    return Number(new URL(this.server.url).port);
  }

  /** `body`: text is sent as it is, anything else as JSON. */
  async send(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<Reply> {
    const token = 'token' in options ? options.token : this.token;
    const headers: Record<string, string> = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.server.url}${path}`, {
      method,
      headers: { ...headers, ...options.headers },
      body: sent,
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  }

  get(path: string, options: SendOptions = {}): Promise<Reply> {
    return this.send('GET', path, undefined, options);
  }

  post(path: string, body: unknown, options: SendOptions = {}): Promise<Reply> {
    return this.send('POST', path, body, options);
  }

  /** Makes a collection and puts documents into it. */
  async fill(collection: string, documents: readonly unknown[], options: Record<string, unknown> = {}): Promise<void> {
    await this.post('/v1/collections', { name: collection, ...options });
    for (let from = 0; from < documents.length; from += 500) {
      const reply = await this.post(`/v1/collections/${collection}/documents`, documents.slice(from, from + 500));
      if (reply.status !== 201) throw new Error(reply.text);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.close();
    await rm(this.#folder, { recursive: true, force: true });
    if (this.faults.length > 0) throw new AggregateError(this.faults, 'The server met faults of the program.');
  }
}

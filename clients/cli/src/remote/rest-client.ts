import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { CliError, EXIT } from '../program/cli-error.ts';
import { refusal } from './refusal.ts';

export type RestRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, beginning with `/`. */
  readonly path: string;
  /** JSON text, sent as it is. */
  readonly body?: string;
  /** Marks a write: the server applies the same id once, so a write whose answer was lost may be sent again. */
  readonly commandId?: string;
  readonly ifMatch?: string;
  readonly accept?: string;
  /** Goes on to its answer when the user asks to stop: for writes whose outcome is counted. */
  readonly uninterrupted?: boolean;
};

export type RestAnswer = { readonly status: number; readonly etag?: string; readonly text: string };

/** A server that is silent for so long is taken for gone. */
const SILENCE_MS = 120_000;

/** Talks REST to one server over connections that stay open. Answers are texts: what is a document in them is never re-encoded. */
export class RestClient {
  readonly #url: URL;
  readonly #token: string | undefined;
  readonly #agent: HttpAgent;
  readonly #request: typeof httpRequest;
  readonly #signal: AbortSignal;

  /** `signal` ends every request that is not `uninterrupted`. */
  constructor(url: URL, token: string | undefined, signal: AbortSignal) {
    this.#url = url;
    this.#token = token;
    this.#signal = signal;
    const secure = url.protocol === 'https:';
    this.#agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
    this.#request = secure ? httpsRequest : httpRequest;
  }

  /** Address of the server, as given. */
  get url(): string {
    return this.#url.href;
  }

  /** A new id for a write. */
  static commandId(): string {
    return `cli-${randomUUID()}`;
  }

  /**
   * Sends one request and reads the whole answer. A connection that broke before an answer came is tried once more: reads
   * are harmless and writes carry a command id. Throws a `CliError`: `unreachable`, `interrupted`, or the refusal with the server's code.
   */
  async send(request: RestRequest): Promise<RestAnswer> {
    try {
      return await this.#exchange(request);
    } catch (error) {
      if (!(error instanceof CliError && error.details.reused === true)) throw error;
      return await this.#exchange(request);
    }
  }

  async #exchange(request: RestRequest): Promise<RestAnswer> {
    const answer = await this.open(request);
    const text = (await this.#read(answer)).toString('utf8');
    const etag = answer.headers.etag;
    return { status: answer.statusCode ?? 0, text, ...(etag === undefined ? {} : { etag }) };
  }

  async #read(answer: IncomingMessage): Promise<Buffer> {
    try {
      return await buffer(answer);
    } catch (cause) {
      throw this.broken(cause);
    }
  }

  /** The error of a connection that broke while its answer was read. */
  broken(cause: unknown): CliError {
    return this.#unreachable(cause, false);
  }

  /** Sends one request and gives the answer as a stream of bytes. Throws as `send` does. */
  async open(request: RestRequest): Promise<IncomingMessage> {
    const answer = await this.#connect(request);
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const text = (await this.#read(answer)).toString('utf8');
    throw refusal(status, text, this.#token !== undefined);
  }

  #connect(request: RestRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = this.#request(this.#url, this.#options(request), resolve);
      outgoing.on('error', (cause) => reject(this.#unreachable(cause, outgoing.reusedSocket)));
      outgoing.setTimeout(SILENCE_MS, () => outgoing.destroy(new Error(`no answer for ${SILENCE_MS / 1000} seconds`)));
      outgoing.end(request.body);
    });
  }

  #options(request: RestRequest): RequestOptions {
    const base = this.#url.pathname.replace(/\/$/, '');
    const headers: Record<string, string | number> = { accept: request.accept ?? 'application/json' };
    if (this.#token !== undefined) headers.authorization = `Bearer ${this.#token}`;
    if (request.commandId !== undefined) headers['idempotency-key'] = request.commandId;
    if (request.ifMatch !== undefined) headers['if-match'] = request.ifMatch;
    if (request.body !== undefined) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(request.body);
    }
    const signal = request.uninterrupted === true ? {} : { signal: this.#signal };
    return { method: request.method ?? 'GET', path: base + request.path, headers, agent: this.#agent, ...signal };
  }

  #unreachable(cause: unknown, reused: boolean): CliError {
    if (cause instanceof Error && cause.name === 'AbortError') return new CliError('interrupted', 'Stopped.', EXIT.interrupted);
    const why = cause instanceof Error ? ('code' in cause && String(cause.code)) || cause.message : String(cause);
    const sentence = `No server answers at ${this.#url.origin} (${why}); start one with "aerolith start", or name another with --url.`;
    return new CliError('unreachable', sentence, EXIT.unreachable, { url: this.#url.origin, why, ...(reused && { reused }) });
  }

  close(): void {
    this.#agent.destroy();
  }
}

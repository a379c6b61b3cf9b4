import {
  AerolithError,
  arraySlices,
  objectSlices,
  type Principal,
  type ReadAnswer,
  type ReadRequest,
} from '@aerolithdb/protocol';
import { isTransient, pause, pauseMs } from './backoff.ts';
import type { Fetch, FetchAnswer } from './fetch.ts';
import { problemError } from './problem-error.ts';
import { collectionAnswer, parseJson, principalAnswer, type Reply, readAnswer, writtenAnswer } from './rest-answer.ts';
import { collectionPath, principalRequest, type RestRequest, readRequest, removalRequest, writeRequest } from './rest-request.ts';
import type {
  ChangeText,
  CollectionInfo,
  Ending,
  NewPrincipal,
  NewUser,
  PrincipalKind,
  Status,
  Transport,
  WatchRequest,
  Write,
  Written,
} from './transport.ts';
import { watchOverHttp } from './watch-over-http.ts';

export type HttpOptions = {
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly fetch: Fetch;
  /** How long a request that meets no server, or an overloaded one, is sent again. */
  readonly retryForMs: number;
  /** How long one attempt may take until another connection is tried. */
  readonly attemptTimeoutMs: number;
  /** How long a change stream may stay silent until it is opened again. */
  readonly silentMs: number;
};

/** Over REST. A request that fails on the way is sent again; a write then carries the command id it had. */
export class HttpTransport implements Transport {
  readonly #options: HttpOptions;
  readonly #base: string;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#base = options.url.href.replace(/\/$/, '');
  }

  async read(request: ReadRequest, { signal }: Ending): Promise<ReadAnswer> {
    try {
      return readAnswer(request, await this.#send(readRequest(request), signal));
    } catch (error) {
      const isAbsent = request.kind === 'get' && error instanceof AerolithError && error.code === 'unknown_document';
      if (isAbsent) return { height: 0 };
      throw error;
    }
  }

  async write(operation: Write, commandId: string, { signal }: Ending): Promise<Written> {
    const request = writeRequest(operation);
    return this.#untilReached(signal, async () => writtenAnswer(operation, await this.#attempt(request, signal, commandId)));
  }

  async principals(kind: PrincipalKind, { signal }: Ending): Promise<readonly Omit<Principal, 'secret'>[]> {
    const { text } = await this.#send({ method: 'GET', path: `/v1/${kind}s` }, signal);
    return parseJson<Readonly<Record<string, Omit<Principal, 'secret'>[]>>>(text)[`${kind}s`] ?? [];
  }

  createUser(user: NewUser, commandId: string, ending: Ending): Promise<Written> {
    return this.#principal(principalRequest(user), commandId, ending);
  }

  createToken(token: NewPrincipal, commandId: string, ending: Ending): Promise<Written & { readonly token: string }> {
    return this.#principal(principalRequest(token), commandId, ending);
  }

  removePrincipal(kind: PrincipalKind, name: string, commandId: string, ending: Ending): Promise<Written> {
    return this.#principal(removalRequest(kind, name), commandId, ending);
  }

  watch({ collection, since }: WatchRequest, signal: AbortSignal): AsyncIterable<ChangeText> {
    const path = collection === undefined ? '/v1/changes' : `${collectionPath(collection)}/changes`;
    const { silentMs } = this.#options;
    const open = (after: number, ended: AbortSignal) =>
      this.#fetch(`${path}?since=${after}`, {
        method: 'GET',
        headers: this.#headers({ accept: 'text/event-stream' }),
        signal: ended,
      });
    return watchOverHttp(open, { since, silentMs }, signal);
  }

  async collections({ signal }: Ending): Promise<readonly CollectionInfo[]> {
    const { text } = await this.#send({ method: 'GET', path: '/v1/collections' }, signal);
    return arraySlices(objectSlices(text).get('collections') ?? '[]').map(collectionAnswer);
  }

  async collection(name: string, { signal }: Ending): Promise<CollectionInfo> {
    return collectionAnswer((await this.#send({ method: 'GET', path: collectionPath(name) }, signal)).text);
  }

  async status({ signal }: Ending): Promise<Status> {
    return parseJson<Status>((await this.#send({ method: 'GET', path: '/v1/status' }, signal)).text);
  }

  /** Connections belong to `fetch`, which keeps and closes them. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  toString(): string {
    return this.#base;
  }

  async #principal(request: RestRequest, commandId: string, { signal }: Ending) {
    return principalAnswer(await this.#untilReached(signal, () => this.#attempt(request, signal, commandId)));
  }

  #send(request: RestRequest, signal: AbortSignal): Promise<Reply> {
    return this.#untilReached(signal, () => this.#attempt(request, signal));
  }

  /** Tries again while the failure is one that passes. Throws the last failure when `retryForMs` are over. */
  async #untilReached<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt();
      } catch (error) {
        signal.throwIfAborted();
        if (!isTransient(error)) throw error;
        const wait = pauseMs(attempts, error);
        if (performance.now() - startedAt + wait > this.#options.retryForMs) throw error;
        await pause(wait, signal);
      }
    }
  }

  /** One request and its whole answer. Throws `unreachable` when either is cut off or takes too long. */
  async #attempt({ method, path, body }: RestRequest, signal: AbortSignal, commandId?: string): Promise<Reply> {
    const { attemptTimeoutMs } = this.#options;
    const ended = new AbortController();
    const end = (): void => ended.abort(signal.reason);
    const timer = setTimeout(() => ended.abort(noAnswer(this.#base, attemptTimeoutMs)), attemptTimeoutMs);
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      const headers = this.#headers({
        'content-type': body === undefined ? undefined : 'application/json',
        'idempotency-key': commandId,
      });
      const response = await this.#fetch(path, { method, headers, body: body ?? null, signal: ended.signal });
      const text = await this.#whole(response, ended.signal);
      if (response.ok) return { status: response.status, text, etag: response.headers.get('etag') };
      throw problemError(response.status, text, response.headers.get('retry-after'));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }

  async #fetch(path: string, init: RequestInit & { signal: AbortSignal }): Promise<FetchAnswer> {
    try {
      return await this.#options.fetch(this.#base + path, init);
    } catch (error) {
      throw init.signal.aborted ? init.signal.reason : unreachable(this.#base, error);
    }
  }

  async #whole(response: FetchAnswer, signal: AbortSignal): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw signal.aborted ? signal.reason : unreachable(this.#base, error);
    }
  }

  #headers(more: Readonly<Record<string, string | undefined>>): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries({ authorization: this.#options.authorization, ...more })) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  }
}

function unreachable(url: string, error: unknown): AerolithError {
  const why = causeOf(error);
  const message = `No answer came from ${url} (${why}). Start the server there, or give the client its address.`;
  return new AerolithError('unreachable', message, { url, why });
}

function noAnswer(url: string, ms: number): AerolithError {
  return new AerolithError('unreachable', `No answer came from ${url} within ${ms} ms.`, { url, ms });
}

/** `fetch` says only that it failed; its cause says why. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return causeOf(error.cause);
  return 'code' in error ? String(error.code) : error.message;
}

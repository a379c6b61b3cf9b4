import { AerolithError, encodeBase64, NotImplemented } from '@aerolithdb/protocol';
import { AerolithDatabase, type DatabaseOptions } from './database.ts';
import { defaultFetch } from './transport/default-fetch.ts';
import type { Fetch } from './transport/fetch.ts';
import { HttpTransport } from './transport/http-transport.ts';

export type ClientOptions = DatabaseOptions & {
  /** Of a token, or of the administrator (`admin.key` in the data folder). */
  readonly token?: string | undefined;
  /** In place of a token. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Milliseconds for which a request that meets no server, or an overloaded one, is sent again; 10,000 when absent. */
  readonly retryForMs?: number | undefined;
  /** Milliseconds after which an attempt without an answer is given up and made again; 35,000 when absent. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Milliseconds of silence after which a change stream is opened again; 40,000 when absent. The server gives a sign every 15,000. */
  readonly silentMs?: number | undefined;
  /** In place of undici in Node and of the global `fetch` in browsers. */
  readonly fetch?: Fetch | undefined;
};

/** `attemptTimeoutMs` is above what the server gives one read, so that a slow query is not sent twice. */
const DEFAULTS = { retryForMs: 10_000, attemptTimeoutMs: 35_000, silentMs: 40_000 } as const;

/**
 * A database over HTTP, from Node or a browser. Making one connects to nothing: the first call does.
 * Throws `invalid_configuration` for an address that is none, `not_implemented` for one of WebSocket.
 *
 * @example
 * await using db = new AerolithClient('http://localhost:8080', { token: 'aero_…' });
 * const cities = db.collection<{ name: string; population: number }>('cities');
 * for await (const { name } of cities.find({ population: { $gte: 1_000_000 } })) console.log(name);
 */
export class AerolithClient extends AerolithDatabase {
  constructor(url: string | URL, options: ClientOptions = {}) {
    const { retryForMs, attemptTimeoutMs, silentMs } = { ...DEFAULTS, ...defined(options) };
    const fetch = options.fetch ?? defaultFetch;
    const authorization = authorizationOf(options);
    super(new HttpTransport({ url: parseUrl(url), authorization, fetch, retryForMs, attemptTimeoutMs, silentMs }), options);
  }
}

function defined({ retryForMs, attemptTimeoutMs, silentMs }: ClientOptions) {
  return {
    ...(retryForMs !== undefined && { retryForMs }),
    ...(attemptTimeoutMs !== undefined && { attemptTimeoutMs }),
    ...(silentMs !== undefined && { silentMs }),
  };
}

function parseUrl(text: string | URL): URL {
  const url = URL.parse(String(text));
  if (url === null) throw unusable('The address must look like http://localhost:8080.');
  if (url.protocol === 'ws:' || url.protocol === 'wss:')
    throw new NotImplemented('WebSocket (use http:// or https:// in the address)');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw unusable('The address must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    throw unusable('The address may hold no password; give user and password as options.');
  if (url.search !== '' || url.hash !== '') throw unusable('The address may hold no query and no fragment.');
  return url;
}

function unusable(message: string): AerolithError {
  return new AerolithError('invalid_configuration', message);
}

function authorizationOf({ token, user, password }: ClientOptions): string | undefined {
  if (token !== undefined) return `Bearer ${token}`;
  if (user === undefined) return undefined;
  return `Basic ${encodeBase64(new TextEncoder().encode(`${user}:${password ?? ''}`))}`;
}

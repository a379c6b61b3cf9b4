import { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Database } from '@aerolithdb/database';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ALL_ENDPOINTS } from './all-endpoints.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { Door, type DoorOptions } from './door.ts';
import { type DoorMemory, doorMemory } from './door-memory.ts';
import { REST_LIMITS, type RestLimits } from './limits.ts';
import { listenError } from './listen-error.ts';
import { PortClaim } from './port-claim.ts';

export type RestOptions = {
  readonly database: Database;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 8080; 0 takes a free one. */
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly limits?: Partial<RestLimits>;
  /** Origins that pages in a browser may call from; `*` for all. Default none. */
  readonly cors?: readonly string[];
  /** One of several servers of a node that listen on one address, each in a thread of its own. Default: the only one. */
  readonly among?: { readonly memory: DoorMemory; readonly place: number };
  /** Told of each fault of the program, with the request that met it. Default: the error stream. */
  readonly onFault?: DoorOptions['onFault'];
  /** Told of each request whose token or password is refused, or that has none. Default: nobody. */
  readonly onRefusedLogin?: DoorOptions['onRefusedLogin'];
};

/** Milliseconds that requests in progress get to finish when the server closes. */
const CLOSE_MS = 5000;

/** How often Node looks for requests that are too slow, in milliseconds. */
const CHECK_MS = 1000;

/** The REST door of a node: listens from `start` until `close`. */
export class RestServer {
  readonly #fastify: FastifyInstance;
  readonly #door: Door;
  readonly #isSecure: boolean;
  readonly #claim: PortClaim | undefined;

  private constructor(fastify: FastifyInstance, door: Door, isSecure: boolean, claim: PortClaim | undefined) {
    this.#fastify = fastify;
    this.#door = door;
    this.#isSecure = isSecure;
    this.#claim = claim;
  }

  /** Throws `port_in_use`, and `invalid_configuration` when the address cannot be bound. */
  static async start(options: RestOptions): Promise<RestServer> {
    const limits: RestLimits = { ...REST_LIMITS, ...options.limits };
    const { memory, place } = options.among ?? { memory: doorMemory(1), place: 0 };
    const door = new Door({
      database: options.database,
      endpoints: ALL_ENDPOINTS,
      limits,
      cors: options.cors ?? [],
      isSecure: options.tls !== undefined,
      memory,
      place,
      onFault: options.onFault ?? printFault,
      onRefusedLogin: options.onRefusedLogin ?? (() => undefined),
    });
    const fastify = makeFastify(limits, options.tls, door);
    door.install(fastify);
    const address = { host: options.host ?? '127.0.0.1', port: options.port ?? 8080 };
    const isShared = memory.doors > 1;
    let claim: PortClaim | undefined;
    try {
      if (isShared && place === 0) claim = await PortClaim.take(address);
      await fastify.listen({ ...address, backlog: 4096, ...(isShared && { reusePort: true }) });
    } catch (error) {
      await fastify.close();
      claim?.release();
      throw listenError(error, address);
    }
    return new RestServer(fastify, door, options.tls !== undefined, claim);
  }

  get address(): { readonly host: string; readonly port: number } {
    const { address, port } = this.#fastify.server.address() as AddressInfo;
    return { host: address, port };
  }

  get url(): string {
    const { host, port } = this.address;
    return `${this.#isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Shows another certificate to connections that come from now on. Throws when the server listens without TLS. */
  replaceCertificate(tls: { readonly key: string; readonly cert: string }): void {
    const { server } = this.#fastify;
    if (!(server instanceof HttpsServer)) throw new Error('A server without TLS has no certificate.');
    server.setSecureContext(tls);
  }

  /** Takes no further connection, ends the streams, lets requests in progress finish for some seconds, then cuts them off. */
  async close(): Promise<void> {
    this.#door.close();
    const cutOff = setTimeout(() => this.#fastify.server.closeAllConnections(), CLOSE_MS);
    await this.#fastify.close();
    clearTimeout(cutOff);
    this.#claim?.release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function makeFastify(limits: RestLimits, tls: RestOptions['tls'], door: Door): FastifyInstance {
  const http = { maxHeaderSize: limits.headerBytes, headersTimeout: limits.headersMs, connectionsCheckingInterval: CHECK_MS };
  const routerOptions = { maxParamLength: limits.headerBytes, querystringParser: (text: string) => ({ text }) };
  const shared = {
    logger: false,
    bodyLimit: limits.bodyBytes,
    connectionTimeout: limits.silentMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => door.fail(error, request, reply),
  } as const;
  // One type for both: what is used of the instance is the same.
  if (tls !== undefined) return Fastify({ ...shared, https: { ...http, ...tls } }) as unknown as FastifyInstance;
  return Fastify({ ...shared, http });
}

function printFault(error: unknown, request: { readonly method: string; readonly path: string }): void {
  console.error(`aerolith: a fault while answering ${request.method} ${request.path}`, error);
}

import type { Socket } from 'node:net';
import type { Database, Session } from '@aerolithdb/database';
import { AerolithError } from '@aerolithdb/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TAKEN } from './answer.ts';
import { allowedOrigin, answerHeaders, preflightHeaders } from './answer-headers.ts';
import { assertPlainBody } from './body-encoding.ts';
import { type DoorMemory, ROUTE_LABELS } from './door-memory.ts';
import { type Endpoint, type Outgoing, type Site, takesBody } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { Exchanges } from './exchanges.ts';
import { ownError } from './foreign-error.ts';
import { HeapFigures } from './heap-figures.ts';
import { idempotencyKey } from './idempotency-key.ts';
import type { RestLimits } from './limits.ts';
import { Metrics } from './metrics.ts';
import { addNodeGauges } from './node-gauges.ts';
import { openApiText } from './openapi-document.ts';
import { RateLimit } from './rate-limit.ts';
import { RouteFigures } from './route-figures.ts';
import { SharedCount } from './shared-count.ts';
import { SignIn } from './sign-in.ts';
import { methodsOf, unknownRoute } from './unknown-route.ts';

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange | undefined;
  }
}

export type DoorOptions = {
  readonly database: Database;
  readonly endpoints: readonly Endpoint[];
  readonly limits: RestLimits;
  /** Origins that browsers may call from. */
  readonly cors: readonly string[];
  readonly isSecure: boolean;
  readonly memory: DoorMemory;
  /** Which of the doors of `memory` this is. */
  readonly place: number;
  readonly onFault: (error: unknown, request: { readonly method: string; readonly path: string }) => void;
  readonly onRefusedLogin: (request: { readonly method: string; readonly path: string; readonly address: string }) => void;
};

/** Carries requests from Fastify to the endpoints: limits and sign-in before a body is read, then the endpoint, then the answer. */
export class Door {
  readonly #options: DoorOptions;
  readonly #signIn: SignIn;
  readonly #rate: RateLimit;
  readonly #metrics: Metrics;
  readonly #exchanges: Exchanges;
  readonly #site: Site;
  readonly #connections: SharedCount;
  /** What makes `performance.now()`, which begins anew in each thread, a clock of the process. */
  readonly #clockMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

  constructor(options: DoorOptions) {
    const { database, endpoints, limits, memory, place } = options;
    const [connections, requests, streams] = (['connections', 'requests', 'streams'] as const).map(
      (counted) => new SharedCount(memory.counts, place, counted),
    ) as [SharedCount, SharedCount, SharedCount];
    const heaps = new HeapFigures(memory.heaps, place);
    this.#options = options;
    this.#connections = connections;
    this.#signIn = new SignIn(database, limits.rememberedSignIns);
    this.#rate = new RateLimit(limits.requestsPerSecond, limits.requestBurst, memory.rates);
    this.#metrics = new Metrics(ROUTE_LABELS, new RouteFigures(memory.figures, place, ROUTE_LABELS.length));
    this.#exchanges = new Exchanges({
      limits,
      metrics: this.#metrics,
      requests,
      streams,
      headers: answerHeaders(options),
      reportFault: (error, request) => options.onFault(error, { method: request.method ?? '', path: pathOf(request.url) }),
      forgetSignIn: (header) => this.#signIn.forget(header),
      onSweep: () => heaps.update(),
    });
    this.#site = { limits, metricsText: () => this.#metrics.text(), openApiText: () => openApiText(endpoints) };
    addNodeGauges(this.#metrics, database, { connections, requests, streams, heapBytes: () => heaps.total() });
  }

  /** Puts the routes into a Fastify that does not listen yet. */
  install(fastify: FastifyInstance): void {
    fastify.decorateRequest('exchange', undefined);
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser(/^application\/(?:[\w.-]+\+)?json(?:;|$)/, { parseAs: 'buffer' }, (_request, bytes, done) =>
      done(null, bytes),
    );
    for (const [route, endpoint] of this.#options.endpoints.entries()) this.#addRoute(fastify, endpoint, route);
    fastify.setErrorHandler((error, request, reply) => this.fail(error, request, reply));
    fastify.setNotFoundHandler((request, reply) => this.#answerUnknown(request, reply));
    fastify.server.on('connection', (socket) => this.#count(socket));
  }

  close(): void {
    this.#exchanges.close();
  }

  #count(socket: Socket): void {
    this.#connections.add(1);
    socket.once('close', () => this.#connections.add(-1));
    if (this.#connections.total > this.#options.limits.connections) socket.destroy();
  }

  #addRoute(fastify: FastifyInstance, endpoint: Endpoint, route: number): void {
    const bodyLimit = this.#options.limits[endpoint.bodyLimit ?? 'bodyBytes'];
    fastify.route({
      method: methodsOf(endpoint.method),
      url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      bodyLimit: takesBody(endpoint) ? bodyLimit : 1024,
      onRequest: (request, reply, done) => this.#admit(endpoint, route, request, reply, done),
      handler: (request, reply) => this.#run(endpoint, request, reply),
    });
  }

  /** Before the body is read. An exchange that is refused here is answered here, and goes no further. */
  #admit(endpoint: Endpoint, route: number, request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const exchange = this.#start(request, reply, route);
    const refuse = (error: unknown): void => {
      reply.hijack();
      if (error instanceof AerolithError && error.code === 'unauthenticated') this.#reportRefusal(request);
      exchange.fail(error);
    };
    const signsIn = endpoint.role !== 'none';
    const header = request.raw.headers.authorization;
    try {
      this.#exchanges.assertRoom(exchange);
      assertUrlLength(request.raw.url ?? '', this.#options.limits.urlLength);
      if (takesBody(endpoint)) assertPlainBody(request.raw.headers);
      const remembered = signsIn ? this.#signIn.remembered(header) : undefined;
      if (remembered !== undefined) this.#admitSession(exchange, remembered);
    } catch (error) {
      refuse(error);
      return;
    }
    if (!signsIn || exchange.session !== undefined) {
      done();
      return;
    }
    const arriving = this.#signIn.authenticate(header, request.raw.socket.remoteAddress);
    arriving.then((session) => this.#admitSession(exchange, session)).then(done, refuse);
  }

  #reportRefusal({ raw }: FastifyRequest): void {
    const address = raw.socket.remoteAddress ?? '';
    this.#options.onRefusedLogin({ method: raw.method ?? '', path: pathOf(raw.url), address });
  }

  /** Throws `overloaded` when the principal makes too many requests. */
  #admitSession(exchange: Exchange, session: Session): void {
    this.#rate.take(session.name, exchange.startedMs + this.#clockMs);
    exchange.session = session;
  }

  #start(request: FastifyRequest, reply: FastifyReply, route: number): Exchange {
    const exchange = this.#exchanges.start(request.raw, reply.raw, route);
    request.exchange = exchange;
    return exchange;
  }

  #run(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const exchange = request.exchange!;
    try {
      const outgoing = this.#call(endpoint, exchange, request);
      if (outgoing instanceof Promise)
        outgoing.then((late) => settle(exchange, late)).catch((error: unknown) => exchange.fail(error));
      else settle(exchange, outgoing);
    } catch (error) {
      exchange.fail(error);
    }
  }

  #call(endpoint: Endpoint, exchange: Exchange, request: FastifyRequest): Outgoing | Promise<Outgoing> {
    return endpoint.run({
      database: this.#options.database,
      session: exchange.session,
      path: request.params as Record<string, string>,
      query: queryOf(request.raw.url ?? ''),
      bytes: request.body as Buffer | undefined,
      commandId: endpoint.writes === true ? idempotencyKey(request.raw) : undefined,
      exchange,
      site: this.#site,
    });
  }

  /** Answers what went wrong outside an endpoint: the body, the address, or Fastify itself. */
  fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const exchange = request.exchange ?? this.#start(request, reply, this.#options.endpoints.length);
    exchange.fail(ownError(error));
  }

  #answerUnknown(request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const exchange = this.#start(request, reply, this.#options.endpoints.length);
    const origin = allowedOrigin(request.raw, this.#options.cors);
    if (request.raw.method === 'OPTIONS' && origin !== undefined) {
      exchange.answer({ status: 204, body: '', headers: preflightHeaders() });
      return;
    }
    exchange.fail(unknownRoute(request.raw.method ?? '', pathOf(request.raw.url), this.#options.endpoints));
  }
}

function settle(exchange: Exchange, outgoing: Outgoing): void {
  if (outgoing !== TAKEN) exchange.answer(outgoing);
}

function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

function pathOf(url: string | undefined): string {
  const text = url ?? '';
  const mark = text.indexOf('?');
  return mark < 0 ? text : text.slice(0, mark);
}

function assertUrlLength(url: string, limit: number): void {
  if (url.length <= limit) return;
  throw new AerolithError(
    'invalid_request',
    `The address is longer than ${limit} characters; send a filter in the body of a POST.`,
    { limit: 'urlLength' },
  );
}

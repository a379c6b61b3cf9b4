import type { IncomingMessage, ServerResponse } from 'node:http';
import { AerolithError } from '@aerolithdb/protocol';
import type { OpenStream } from './endpoint.ts';
import { Exchange } from './exchange.ts';
import type { RestLimits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { SharedCount } from './shared-count.ts';

/** What an exchange needs from the server around it. */
export type ExchangesOptions = {
  readonly limits: RestLimits;
  readonly metrics: Metrics;
  /** Of all doors of the node. */
  readonly requests: SharedCount;
  readonly streams: SharedCount;
  /** Headers of every answer: name, value, name, value … */
  readonly headers: (request: IncomingMessage) => readonly string[];
  readonly reportFault: (error: unknown, request: IncomingMessage) => void;
  readonly forgetSignIn: (header: string | undefined) => void;
  /** Called once a second. */
  readonly onSweep: () => void;
};

const SWEEP_MS = 1000;

/** All exchanges that are open: bounded in number, and ended when they take too long. */
export class Exchanges {
  readonly headers: ExchangesOptions['headers'];
  readonly reportFault: ExchangesOptions['reportFault'];
  readonly forgetSignIn: ExchangesOptions['forgetSignIn'];
  readonly #limits: RestLimits;
  readonly #metrics: Metrics;
  readonly #requestCount: SharedCount;
  readonly #streamCount: SharedCount;
  /** In the order of their start, which is the order in which they expire. */
  readonly #open = new Set<Exchange>();
  readonly #streams = new Set<AbortController>();
  readonly #sweeper: NodeJS.Timeout;
  #isClosing = false;

  constructor(options: ExchangesOptions) {
    this.headers = options.headers;
    this.reportFault = options.reportFault;
    this.forgetSignIn = options.forgetSignIn;
    this.#limits = options.limits;
    this.#metrics = options.metrics;
    this.#requestCount = options.requests;
    this.#streamCount = options.streams;
    this.#sweeper = setInterval(() => {
      this.#expire();
      options.onSweep();
    }, SWEEP_MS).unref();
  }

  /** From then on no connection is kept. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Begins an exchange. It is made also when there is no room (see `assertRoom`), since it must be answered. */
  start(request: IncomingMessage, response: ServerResponse, route: number): Exchange {
    const exchange = new Exchange(this, request, response, route, performance.now());
    if (this.#requestCount.total < this.#limits.concurrentRequests) {
      this.#open.add(exchange);
      this.#requestCount.add(1);
    }
    return exchange;
  }

  /** Throws `overloaded` when there was no room for the exchange. */
  assertRoom(exchange: Exchange): void {
    if (this.#open.has(exchange)) return;
    throw new AerolithError('overloaded', 'The node has as many requests in progress as it takes; try again in a second.', {
      limit: 'concurrentRequests',
    });
  }

  finished(exchange: Exchange, status: number): void {
    this.#leave(exchange);
    this.#metrics.observe(exchange.route, status, (performance.now() - exchange.startedMs) / 1000);
  }

  openStream(exchange: Exchange): OpenStream {
    if (this.#streamCount.total >= this.#limits.concurrentStreams) {
      throw new AerolithError('overloaded', 'As many change streams are open as the node takes; try again later.', {
        limit: 'concurrentStreams',
      });
    }
    this.#leave(exchange);
    const controller = new AbortController();
    const end = (): void => {
      if (this.#streams.delete(controller)) this.#streamCount.add(-1);
      controller.abort();
    };
    // A client may leave while its password is checked: no event tells of that again.
    if (this.#isClosing || exchange.response.destroyed) controller.abort();
    else {
      this.#streams.add(controller);
      this.#streamCount.add(1);
      exchange.response.once('close', end);
    }
    return { signal: controller.signal, end };
  }

  /** Ends all streams, so that their clients come back to another node, and the sweeping. */
  close(): void {
    this.#isClosing = true;
    clearInterval(this.#sweeper);
    for (const controller of this.#streams) controller.abort();
  }

  #leave(exchange: Exchange): void {
    if (this.#open.delete(exchange)) this.#requestCount.add(-1);
  }

  #expire(): void {
    const oldestMs = performance.now() - this.#limits.answerMs;
    for (const exchange of this.#open) {
      if (exchange.startedMs > oldestMs) return;
      if (exchange.response.destroyed) this.#leave(exchange);
      else exchange.expire(this.#limits.answerMs);
    }
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '@aerolithdb/database';
import { AerolithError } from '@aerolithdb/protocol';
import { type Answer, JSON_TYPE } from './answer.ts';
import type { OpenStream } from './endpoint.ts';
import type { Exchanges } from './exchanges.ts';
import { PROBLEM_TYPE, type Problem, problemOf } from './problem.ts';

const JOINED_BYTES = 65_536;

/**
 * One request and its one answer.
 *
 * Invariants:
 * 1. It is answered once: what comes after the first answer (a result after a timeout) is dropped.
 * 2. It is counted among the open exchanges from its start until it is answered, becomes a stream, or its client leaves.
 */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Number of its route among the endpoints, or -1 for none. */
  readonly route: number;
  /** Milliseconds of the steady clock. */
  readonly startedMs: number;
  session: Session | undefined = undefined;
  readonly #exchanges: Exchanges;
  #answered = false;

  constructor(exchanges: Exchanges, request: IncomingMessage, response: ServerResponse, route: number, startedMs: number) {
    this.#exchanges = exchanges;
    this.request = request;
    this.response = response;
    this.route = route;
    this.startedMs = startedMs;
  }

  /** Sends the answer; the body goes to the socket as it is. */
  answer(answer: Answer): void {
    if (!this.#finish(answer.status)) return;
    const length = typeof answer.body === 'string' ? Buffer.byteLength(answer.body) : answer.body.length;
    const headers = [
      'content-type',
      answer.type ?? JSON_TYPE,
      'content-length',
      String(length),
      ...this.#exchanges.headers(this.request),
    ];
    if (answer.headers !== undefined) headers.push(...answer.headers);
    if (this.#exchanges.isClosing) headers.push('connection', 'close');
    this.response.writeHead(answer.status, headers);
    sendBody(this.response, answer.status === 304 ? '' : answer.body);
  }

  fail(error: unknown): void {
    const problem = problemOf(error);
    if (problem.code === 'internal') this.#exchanges.reportFault(error, this.request);
    if (problem.code === 'unauthenticated') this.#exchanges.forgetSignIn(this.request.headers.authorization);
    this.#refuse(problem);
  }

  /** Ends an exchange that took longer than its limit. The command may still be applied. */
  expire(limitMs: number): void {
    const message = `No answer was ready within ${limitMs} ms. A write may still be applied: send it again with the same Idempotency-Key to learn of it.`;
    this.fail(new AerolithError('timeout', message, { limit: 'answerMs' }));
  }

  /** The signal that the client has left before it was answered. */
  gone(): AbortSignal {
    const controller = new AbortController();
    const { response } = this;
    // A client may leave while its password is checked: no event tells of that again.
    if (response.destroyed) controller.abort();
    else response.once('close', () => response.writableFinished || controller.abort());
    return controller.signal;
  }

  /** Makes the exchange a stream, whose end the endpoint decides. Throws `overloaded` when too many are open. */
  openStream(): OpenStream {
    return this.#exchanges.openStream(this);
  }

  /** Sends the head of an answer whose body the endpoint writes, and counts it. */
  sendHead(status: number, headers: readonly string[]): void {
    if (!this.#finish(status)) return;
    this.response.writeHead(status, [...this.#exchanges.headers(this.request), ...headers]);
    this.response.flushHeaders();
  }

  #refuse(problem: Problem): void {
    if (this.response.headersSent) {
      this.response.destroy();
      this.#finish(problem.status);
      return;
    }
    const headers = Object.entries(problem.headers).flat();
    this.answer({ status: problem.status, body: problem.body, type: PROBLEM_TYPE, headers });
  }

  #finish(status: number): boolean {
    if (this.#answered) return false;
    this.#answered = true;
    this.#exchanges.finished(this, status);
    return true;
  }
}

/**
 * Bytes up to `JOINED_BYTES` go out as a latin1 string, which keeps every byte: Node joins a string with the head into one write,
 * and a buffer it would send as two by `writev`, at twice the cost.
 */
function sendBody(response: ServerResponse, body: string | Buffer): void {
  if (typeof body === 'string') response.end(body);
  else if (body.length <= JOINED_BYTES) response.end(body.toString('latin1'), 'latin1');
  else response.end(body);
}

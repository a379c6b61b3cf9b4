import { Agent, request } from 'node:http';
import { within } from '../time-limit.ts';
import type { Server } from './server.ts';

/** For an answer; the slowest takes well under a second. */
const ANSWER_MS = 30_000;

/** One write as it is sent, and sent again: the command id makes the second time harmless. */
export type Write = { readonly commandId: string; readonly path: string; readonly body: string };

/** `unknown`: the connection broke, so the write may or may not have been applied. `refused`: this load gives no reason to. */
export type Fate = 'acknowledged' | 'unknown' | { readonly refused: string };

type Answer = { readonly status: number; readonly text: string };

export class Writer {
  readonly #server: Server;
  readonly #agent: Agent;

  constructor(server: Server, connections: number) {
    this.#server = server;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Throws `TimeLimitError` when there is neither an answer nor an end of the connection. */
  async send(write: Write): Promise<Fate> {
    const answer = await this.#post(write.path, write.body, { 'idempotency-key': write.commandId });
    if (answer === undefined) return 'unknown';
    if (answer.status >= 300) return { refused: `${write.path} answered ${answer.status}: ${answer.text}` };
    return 'acknowledged';
  }

  /** Throws when the node cannot be asked. */
  async ask(path: string, body: string): Promise<Record<string, unknown>> {
    const answer = await this.#post(path, body, {});
    if (answer === undefined || answer.status >= 300) throw new Error(`${path} answered ${answer?.status}: ${answer?.text}`);
    return JSON.parse(answer.text) as Record<string, unknown>;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** `undefined` when the connection ended before the whole answer was there. */
  #post(path: string, body: string, extra: Record<string, string>): Promise<Answer | undefined> {
    const headers = { authorization: `Bearer ${this.#server.token}`, 'content-type': 'application/json', ...extra };
    const answered = new Promise<Answer | undefined>((resolve) => {
      const sent = request(this.#server.url + path, { method: 'POST', agent: this.#agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.once('end', () => resolve({ status: answer.statusCode!, text }));
        answer.once('error', () => resolve(undefined));
        answer.once('close', () => resolve(undefined));
      });
      sent.once('error', () => resolve(undefined));
      sent.once('close', () => resolve(undefined));
      sent.end(body);
    });
    return within(ANSWER_MS, `The answer to ${path}`, answered);
  }
}

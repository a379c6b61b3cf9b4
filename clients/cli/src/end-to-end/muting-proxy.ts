import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/** Requests that change something and are no heartbeat. */
const COUNTED =
  /^(?:POST \/v1\/transactions|POST \/v1\/collections(?:\/[^/]+\/indexes)?|(?:PATCH|DELETE) \/v1\/collections\/.*)$/;

/**
 * An HTTP relay that withholds one answer: the server has carried the change out, and who asked for it never hears of it. From then
 * on it answers nothing.
 */
export class MutingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: string;
  readonly #mutedAt: number;
  readonly #onMuted: () => void;
  #changes = 0;

  private constructor(target: string, mutedAt: number, onMuted: () => void) {
    this.#target = target;
    this.#mutedAt = mutedAt;
    this.#onMuted = onMuted;
    this.#server = createServer((incoming, outgoing) => this.#relay(incoming, outgoing));
  }

  /** `mutedAt`: which change, counted from 1, is the one whose answer is withheld. */
  static async start(target: string, mutedAt: number, onMuted: () => void): Promise<MutingProxy> {
    const proxy = new MutingProxy(target, mutedAt, onMuted);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  #relay(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (this.#changes >= this.#mutedAt) return;
    const { method = 'GET', url = '/', headers } = incoming;
    const onward = request(new URL(url, this.#target), { method, headers }, (answer) => {
      const isChange = answer.statusCode !== undefined && answer.statusCode < 300 && COUNTED.test(`${method} ${url}`);
      if (isChange) this.#changes += 1;
      if (this.#changes >= this.#mutedAt) {
        answer.resume();
        answer.on('end', this.#onMuted);
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type ProxyOptions = {
  readonly port: number;
  readonly seed: number;
  /** Bytes after which a connection is cut, in both directions together, at most; the number of each is drawn by chance. */
  readonly bytesMax: number;
};

/**
 * A TCP proxy that cuts every connection after some bytes, wherever these end: inside of a request, before the answer, inside of the
 * answer. What the server had received by then it may well carry out.
 */
export class CuttingProxy implements AsyncDisposable {
  /** Connections cut so far. */
  cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #options: ProxyOptions;
  readonly #random: () => number;

  private constructor(options: ProxyOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#server = createServer((near) => this.#join(near));
  }

  static async start(options: ProxyOptions): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    const far = connect(this.#options.port, '127.0.0.1');
    let left = Math.ceil(this.#random() * this.#options.bytesMax);
    const pass = (to: Socket) => (bytes: Buffer) => {
      if (left <= 0) return;
      to.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left > 0) return;
      this.cuts += 1;
      // What was passed on is still delivered; nothing more is.
      far.destroySoon();
      near.destroySoon();
    };
    near.on('data', pass(far));
    far.on('data', pass(near));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroySoon();
      });
    }
  }
}

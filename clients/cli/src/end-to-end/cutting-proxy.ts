import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP relay that can lose what comes back: while `cutting`, a connection is broken at the first byte of an answer, after the
 * server has carried the request out.
 */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  cutting = false;
  /** Breaks a connection after so many bytes of answers. */
  cutAfterBytes = Number.POSITIVE_INFINITY;
  /** Lets no more than so many bytes of answers through a connection, which stays. */
  holdAfterBytes = Number.POSITIVE_INFINITY;
  /** Answers that were lost. */
  lost = 0;

  private constructor(target: URL) {
    this.#server = createServer((client) => this.#relay(client, target));
  }

  static async start(target: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(new URL(target));
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Breaks every connection there is now. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #relay(client: Socket, target: URL): void {
    const server = connect(Number(target.port), target.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server);
    let passed = 0;
    server.on('data', (bytes) => {
      passed += bytes.length;
      if (passed > this.cutAfterBytes) client.destroy();
      else if (passed > this.holdAfterBytes) server.pause();
      else if (!this.cutting) client.write(bytes);
      else {
        this.lost += 1;
        client.destroy();
      }
    });
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

import { connect, type Socket } from 'node:net';

/** A client that speaks bare bytes, so that it can be slow, silent or deaf. */
export class RawClient {
  readonly socket: Socket;
  #text = '';
  readonly #closed: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.#text += bytes.toString('latin1');
    });
    socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static open(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawClient(socket));
      });
    });
  }

  get text(): string {
    return this.#text;
  }

  send(text: string): void {
    this.socket.write(text);
  }

  /** Reads nothing more, so that the buffers between it and the server fill. */
  stopReading(): void {
    this.socket.pause();
  }

  startReading(): void {
    this.socket.resume();
  }

  /** Resolves when all that has come passes the test. */
  async until(test: (text: string) => boolean): Promise<void> {
    while (!test(this.#text)) {
      if (this.socket.closed) throw new Error(`The connection was closed after: ${this.#text.slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves when the server has closed the connection. A paused socket does not see it: start reading first. */
  closed(): Promise<void> {
    return this.#closed;
  }
}

/** The head of a request with a token, ready to be sent. */
export function requestHead(method: string, path: string, token: string, headers: readonly string[] = []): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: node', `Authorization: Bearer ${token}`, ...headers, '', ''].join('\r\n');
}

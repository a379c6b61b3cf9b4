import { once } from 'node:events';
import { createServer, type ListenOptions, type Server } from 'node:net';
import type { ListenAddress } from './listen-error.ts';

/**
 * Keeps an address for one node whose servers share it (SO_REUSEPORT): the system would let any further process of the user share it
 * too, and give that one a part of the requests.
 *
 * 1. The address was free: it could be listened on by one server alone, which no socket that shares it allows.
 * 2. No two nodes are between that look and their own listening: each first takes a name of the system that only one process can have
 *    and that ends with it, an abstract Unix socket (unix(7)), which is in the same network namespace as the address.
 */
export class PortClaim {
  readonly #name: Server;

  private constructor(name: Server) {
    this.#name = name;
  }

  /** Port 0 is given out by the system, to one process at a time. Throws what the system says against the address. */
  static async take(address: ListenAddress): Promise<PortClaim | undefined> {
    if (address.port === 0) return undefined;
    const name = createServer();
    try {
      await listening(name, { path: `\0aerolith-http-${address.host}:${address.port}` });
      await assertFree(address);
      return new PortClaim(name.unref());
    } catch (error) {
      name.close();
      throw error;
    }
  }

  release(): void {
    this.#name.close();
  }
}

async function assertFree({ host, port }: ListenAddress): Promise<void> {
  const probe = createServer((socket) => socket.destroy());
  await listening(probe, { host, port, exclusive: true });
  probe.close();
  await once(probe, 'close');
}

/** Throws what the system says against it. */
async function listening(server: Server, options: ListenOptions): Promise<void> {
  server.listen(options);
  await once(server, 'listening');
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ChildServer, startChild } from '../../harness/child-server.ts';
import { secondsOf } from '../../harness/run-program.ts';

const program = new URL('../../../../../clients/cli/src/main.ts', import.meta.url);

/** A node in a process of its own, and the command line that talks to it. */
export class Served {
  readonly url: string;
  readonly token: string;
  readonly #server: ChildServer;

  private constructor(server: ChildServer, token: string) {
    this.#server = server;
    this.url = server.url;
    this.token = token;
  }

  static async start(data: string): Promise<Served> {
    const server = await startChild(program, ['start', '--data', data, '--http', '127.0.0.1:0']);
    return new Served(server, readFileSync(`${data}/admin.key`, 'utf8').trim());
  }

  /** Seconds that a command takes from its start to its end. */
  seconds(argv: readonly string[], outputFile?: string): Promise<number> {
    return secondsOf({
      command: process.execPath,
      argv: [fileURLToPath(program), ...argv],
      env: { AEROLITH_URL: this.url, AEROLITH_TOKEN: this.token },
      ...(outputFile !== undefined && { outputFile }),
    });
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type CliOptions, type CliRun, finished, runCli, spawnCli } from './run-cli.ts';

/** A real node that `aerolith start` runs, in a folder of its own on a free port, and the command line that talks to it. */
export class CliNode {
  readonly folder: string;
  readonly block: Readonly<Record<string, unknown>>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<CliRun>;

  private constructor(folder: string, child: ChildProcess, ended: Promise<CliRun>, block: Readonly<Record<string, unknown>>) {
    this.folder = folder;
    this.#child = child;
    this.#ended = ended;
    this.block = block;
  }

  /** Starts one; in a folder that is there already, or in a new one. */
  static async start(folder?: string): Promise<CliNode> {
    const own = folder ?? (await mkdtemp(join(tmpdir(), 'aerolith-cli-')));
    const child = spawnCli(['start', '--json', '--data', join(own, 'data'), '--http', '127.0.0.1:0']);
    const ended = finished(child);
    if (child.stdout === null) throw new Error('The node was started without pipes.');
    const line = once(createInterface(child.stdout), 'line').then(([text]): unknown => JSON.parse(String(text)));
    const failed = ended.then(({ code, stderr }) => {
      throw new Error(`The node ended with ${code}: ${stderr}`);
    });
    failed.catch(() => undefined);
    const block = await Promise.race([line, failed]);
    if (typeof block !== 'object' || block === null) throw new Error('The node printed no block.');
    return new CliNode(own, child, ended, { ...block });
  }

  get url(): string {
    return String(this.block.http);
  }

  get keyFile(): string {
    return String(this.block.adminKeyFile);
  }

  /** Runs a command against this node as its admin. */
  async run(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
    return await runCli(args, { ...options, env: { ...this.env, ...options.env } });
  }

  /** Starts a command against this node as its admin. */
  spawn(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawnCli(args, { env: { ...this.env, ...env } });
  }

  get env(): Record<string, string> {
    return { AEROLITH_URL: this.url, AEROLITH_TOKEN_FILE: this.keyFile };
  }

  /** Ends the node as Ctrl-C does. */
  async stop(): Promise<CliRun> {
    this.#child.kill('SIGINT');
    return await this.#ended;
  }

  async removeFolder(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

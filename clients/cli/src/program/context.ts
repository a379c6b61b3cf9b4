import type { RestClient } from '../remote/rest-client.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ExitCode } from './cli-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything a command may touch of the world. */
export type Context = {
  readonly terminal: Terminal;
  readonly env: Environment;
  readonly stdin: NodeJS.ReadStream;
  /** Whether results are printed as JSON: `--json`, or stdout is not a terminal. */
  readonly json: boolean;
  /** Whether `--json` was given: then summaries and errors are JSON too. */
  readonly jsonAsked: boolean;
  /** Aborted by the first Ctrl-C. A second one ends the process at once. */
  readonly signal: AbortSignal;
  /** The exit code of a command that ends well; 0 when it sets none. */
  setExit(code: ExitCode): void;
  /** Made on first use, so that a command that needs no server reads no token. */
  client(): RestClient;
};

import { CommanderError } from 'commander';
import { commands } from '../commands/index.ts';
import { findToken, serverUrl } from '../remote/credentials.ts';
import { RestClient } from '../remote/rest-client.ts';
import { processTerminal, type Terminal } from '../terminal/terminal.ts';
import { buildProgram, type Chosen } from './build-program.ts';
import { asCliError, type CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSpec } from './command-spec.ts';
import type { Context, Environment } from './context.ts';
import { Options } from './options.ts';
import { usageSuggestion } from './usage-suggestion.ts';
import { programVersion } from './version.ts';

export type World = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Environment;
  /** Aborted when the user wants the command to end. */
  readonly signal: AbortSignal;
};

/** Runs one command line (without `node` and the script) and resolves with the exit code. Never rejects for what a user can do. */
export async function runProgram(argv: readonly string[], world: World): Promise<ExitCode> {
  const terminal = processTerminal(world, world.env);
  try {
    const specs = await commands(argv);
    const chosen = choose(argv, specs, world);
    return chosen === undefined ? EXIT.ok : await runChosen(chosen, world, terminal);
  } catch (thrown) {
    if (isBrokenPipe(thrown)) return EXIT.ok;
    const error = asCliError(thrown);
    terminal.err(errorText(error, argv.includes('--json'), terminal));
    return error.exit;
  }
}

/** What the arguments choose; nothing when they ask for help or the version, which is then printed. Throws usage errors. */
function choose(argv: readonly string[], specs: readonly CommandSpec[], world: World): Chosen | undefined {
  const print = (text: string) => world.stdout.write(text);
  const program = buildProgram(specs, programVersion(), { out: print, err: print });
  try {
    return program.parse(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return undefined;
    throw usageSuggestion(error.message, argv, specs);
  }
}

async function runChosen({ spec, args, options: values }: Chosen, world: World, terminal: Terminal): Promise<ExitCode> {
  const options = new Options(values);
  let exit: ExitCode = EXIT.ok;
  let client: RestClient | undefined;
  const context: Context = {
    terminal,
    env: world.env,
    stdin: world.stdin,
    json: options.flag('json') || !terminal.outIsTty,
    jsonAsked: options.flag('json'),
    signal: world.signal,
    setExit(code) {
      exit = code;
    },
    client() {
      client ??= new RestClient(
        serverUrl(options.text('url'), world.env),
        findToken(options.text('tokenFile'), world.env),
        world.signal,
      );
      return client;
    },
  };
  try {
    await spec.run?.(context, args, options);
    return exit;
  } finally {
    client?.close();
  }
}

function errorText(error: CliError, asJson: boolean, terminal: Terminal): string {
  const { code, message, details } = error;
  if (asJson) return `${JSON.stringify({ error: { code, message, ...details } })}\n`;
  return `${terminal.style('red', `error[${code}]:`, 'err')} ${message}\n`;
}

/** The reader of our output went away (`aerolith find … | head`): that is no failure. */
function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

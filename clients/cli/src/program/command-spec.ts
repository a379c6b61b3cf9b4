import type { Context } from './context.ts';
import type { Options } from './options.ts';

/** One option: commander's flag syntax and what it does. Help, the parser and the reference page come from it. */
export type OptionSpec = {
  /** `--limit <n>`, `-q, --quiet`, `--no-create`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** May be given several times; its values come as a list. */
  readonly repeatable?: boolean;
};

export type ArgumentSpec = {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
};

export type Example = { readonly command: string; readonly does: string };

/** One command, declared once. A command either runs or has subcommands. */
export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** A paragraph or more, shown under the summary in the help and the reference. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly Example[];
  readonly subcommands?: readonly CommandSpec[];
  /** Talks to no server: takes `--json` alone of the common options. */
  readonly local?: boolean;
  readonly run?: (context: Context, args: readonly string[], options: Options) => Promise<void>;
};

/** The common options that a command takes. */
export function commonOptions(spec: CommandSpec): readonly OptionSpec[] {
  return spec.local === true ? COMMON_OPTIONS.slice(0, 1) : COMMON_OPTIONS;
}

/** Options that every command takes which talks to a server. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { flags: '--json', description: 'print JSON, one value a line, also on a terminal; errors become JSON on stderr' },
  { flags: '--url <url>', description: 'address of the server (environment: AEROLITH_URL; default: http://127.0.0.1:8080)' },
  {
    flags: '--token-file <file>',
    description:
      'file that holds the token (environment: AEROLITH_TOKEN_FILE, or the token itself in AEROLITH_TOKEN; default: ./aerolith-data/admin.key when it exists)',
  },
];

import { Command, type CommanderError, Option } from 'commander';
import { type ArgumentSpec, type CommandSpec, commonOptions, type OptionSpec } from './command-spec.ts';
import { helpAfter } from './help-text.ts';

export type Chosen = { readonly spec: CommandSpec; readonly args: readonly string[]; readonly options: Record<string, unknown> };

export type Program = {
  /** Reads the arguments (without `node` and the script). Throws commander's errors, also for help. */
  parse(argv: readonly string[]): Chosen | undefined;
};

export type Writers = { readonly out: (text: string) => void; readonly err: (text: string) => void };

/** The parser for these commands: nothing runs, `parse` says what was chosen. */
export function buildProgram(specs: readonly CommandSpec[], version: string, write: Writers): Program {
  let chosen: Chosen | undefined;
  const root = configured(new Command('aerolith'), write)
    .description('AerolithDB: a document database whose answers can be proven.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpCommand('help [command]', 'print help for a command')
    .addHelpText('after', '\nEvery command takes --json, --url, --token-file and --help. Start with: aerolith start');
  for (const spec of specs) {
    addCommand(root, spec, write, (choice) => {
      chosen = choice;
    });
  }
  return {
    parse(argv) {
      root.parse([...argv], { from: 'user' });
      return chosen;
    },
  };
}

function addCommand(parent: Command, spec: CommandSpec, write: Writers, choose: (chosen: Chosen) => void): void {
  const command = configured(new Command(spec.name), write).helpOption('-h, --help', 'print help');
  command.description(spec.summary).addHelpText('after', helpAfter(spec));
  for (const argument of spec.arguments ?? []) command.argument(argumentSyntax(argument), argument.description);
  for (const option of [...(spec.options ?? []), ...(spec.run === undefined ? [] : commonOptions(spec))])
    command.addOption(builtOption(option));
  const subcommands = spec.subcommands ?? [];
  if (subcommands.length > 0) command.addHelpCommand(false);
  for (const sub of subcommands) addCommand(command, sub, write, choose);
  if (spec.run !== undefined) {
    command.action((...values: unknown[]) => {
      const own = values.slice(0, spec.arguments?.length ?? 0).flat();
      choose({ spec, args: own.filter((value) => typeof value === 'string'), options: command.opts() });
    });
  }
  parent.addCommand(command);
}

function configured(command: Command, write: Writers): Command {
  return command
    .exitOverride((error: CommanderError) => {
      throw error;
    })
    .configureOutput({ writeOut: write.out, writeErr: write.err, outputError: () => undefined })
    .showHelpAfterError(false)
    .allowExcessArguments(false);
}

export function argumentSyntax({ name, required, variadic }: ArgumentSpec): string {
  const inner = variadic === true ? `${name}...` : name;
  return required === true ? `<${inner}>` : `[${inner}]`;
}

function builtOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.choices !== undefined) option.choices([...spec.choices]);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.repeatable === true) {
    option.argParser((value: string, before: unknown) => [...(Array.isArray(before) ? before : []), value]);
  }
  return option;
}

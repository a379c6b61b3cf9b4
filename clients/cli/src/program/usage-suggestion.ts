import { suggestNearest } from '@aerolithdb/protocol';
import { type CliError, usageError } from './cli-error.ts';
import { type CommandSpec, commonOptions } from './command-spec.ts';

/** Commander's complaint as one sentence that names the nearest command or option. */
export function usageSuggestion(message: string, argv: readonly string[], specs: readonly CommandSpec[]): CliError {
  const plain = message.replace(/^error: /, '').trim();
  const path = commandPath(argv, specs);
  const command = /^unknown command '([^']*)'/.exec(plain)?.[1];
  if (command !== undefined)
    return unknown(
      'command',
      command,
      (path.at(-1)?.subcommands ?? specs).map((spec) => spec.name),
      path,
    );
  const option = /^unknown option '([^']*)'/.exec(plain)?.[1];
  if (option !== undefined) return unknown('option', option, optionNames(path.at(-1)), path);
  return usageError(`${plain.charAt(0).toUpperCase()}${plain.slice(1).replace(/\.$/, '')}; see "${helpCommand(path)}".`);
}

function unknown(what: string, given: string, names: readonly string[], path: readonly CommandSpec[]): CliError {
  const nearest = suggestNearest(given, names);
  const hint = nearest === undefined ? `see "${helpCommand(path)}"` : `did you mean "${nearest}"?`;
  const of = path.length === 0 ? 'aerolith' : `"aerolith ${path.map((spec) => spec.name).join(' ')}"`;
  const end = nearest === undefined ? '.' : '';
  return usageError(`${of} has no ${what} "${given}"; ${hint}${end}`, {
    [what]: given,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function helpCommand(path: readonly CommandSpec[]): string {
  return ['aerolith', ...path.map((spec) => spec.name), '--help'].join(' ');
}

/** The commands that the arguments name, outermost first. */
function commandPath(argv: readonly string[], specs: readonly CommandSpec[]): CommandSpec[] {
  const path: CommandSpec[] = [];
  let level = specs;
  for (const word of argv) {
    const spec = level.find((known) => known.name === word);
    if (spec === undefined) break;
    path.push(spec);
    level = spec.subcommands ?? [];
  }
  return path;
}

function optionNames(spec: CommandSpec | undefined): string[] {
  const flags = [...(spec?.options ?? []), ...(spec === undefined ? [] : commonOptions(spec))].map((option) => option.flags);
  return ['--help', ...flags.flatMap((text) => text.match(/--[a-z-]+/g) ?? [])];
}

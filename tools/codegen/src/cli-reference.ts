import {
  type ArgumentSpec,
  argumentSyntax,
  type CommandSpec,
  commandDeclarations,
  commonOptions,
  EXIT,
  type OptionSpec,
} from '@aerolithdb/cli';
import { markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Command line

<!-- Made by npm run docs from clients/cli/src/commands. -->

In a clone, \`npm run aerolith -- COMMAND\` runs what is written here as \`aerolith COMMAND\`. Results go to standard output, errors and
progress to standard error. On a terminal results are tables; in a pipe, or with \`--json\`, they are JSON, one value a line.`;

const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'It is done.',
  other: 'Something else went wrong: a file, the data, the node.',
  usage: 'The command line is wrong.',
  unreachable: 'No server answers.',
  refused: 'The server refused it; the error has its code.',
  interrupted: 'Ctrl-C ended it.',
};

/** `docs/reference/command-line.md`: every command with its arguments, options and examples. */
export async function cliReference(): Promise<string> {
  const commands = await commandDeclarations();
  const sections = commands.flatMap((command) => section(command, []));
  return `${[INTRODUCTION, exitCodes(), commonSection(commands), ...sections].join('\n\n')}\n`;
}

function exitCodes(): string {
  const names = Object.keys(EXIT_MEANINGS) as (keyof typeof EXIT)[];
  const rows = names.map((name) => [`\`${EXIT[name]}\``, EXIT_MEANINGS[name]]);
  return `## Exit codes\n\n${markdownTable(['Code', 'Meaning'], rows)}`;
}

function commonSection(commands: readonly CommandSpec[]): string {
  const talking = commands.find((command) => command.local !== true);
  const options = talking === undefined ? [] : commonOptions(talking);
  return `## Options of every command\n\nCommands that talk to no server take \`--json\` alone.\n\n${optionTable(options)}`;
}

function section(command: CommandSpec, path: readonly string[]): string[] {
  const names = [...path, command.name];
  const hashes = '#'.repeat(names.length + 1);
  const own = [`${hashes} aerolith ${names.join(' ')}`, sentence(command.summary), ...details(command, names)];
  return [own.join('\n\n'), ...(command.subcommands ?? []).flatMap((sub) => section(sub, names))];
}

function details(command: CommandSpec, names: readonly string[]): string[] {
  if (command.run === undefined) return [];
  const args = command.arguments ?? [];
  const usage = ['aerolith', ...names, '[options]', ...args.map(argumentSyntax)].join(' ');
  return [
    `\`\`\`sh\n${usage}\n\`\`\``,
    ...(command.description === undefined ? [] : [plain(command.description)]),
    ...(args.length === 0 ? [] : [argumentTable(args)]),
    ...(command.options === undefined ? [] : [optionTable(command.options)]),
    ...(command.examples.length === 0 ? [] : [examples(command)]),
  ];
}

function argumentTable(args: readonly ArgumentSpec[]): string {
  const rows = args.map((argument) => [`\`${argumentSyntax(argument)}\``, plain(sentence(argument.description))]);
  return markdownTable(['Argument', 'Meaning'], rows);
}

function optionTable(options: readonly OptionSpec[]): string {
  return markdownTable(['Option', 'Meaning'], options.map(optionRow));
}

function optionRow({ flags, description, choices, default: standard }: OptionSpec): string[] {
  const limits = [
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(standard === undefined ? [] : [`default: ${standard}`]),
  ];
  const more = limits.length === 0 ? '' : ` (${limits.join('; ')})`;
  return [`\`${flags}\``, plain(sentence(`${description}${more}`))];
}

function examples({ examples: all }: CommandSpec): string {
  return `\`\`\`sh\n${all.map(({ command, does }) => `# ${does}\n${command}`).join('\n\n')}\n\`\`\``;
}

function sentence(text: string): string {
  const capital = /^[a-z]/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
  return /[.:)]$/.test(capital) && !capital.endsWith(')') ? capital : `${capital}.`;
}

/** Names of options and variables, addresses and paths: they are set as code. */
const CODE = /AEROLITH_[A-Z_]+|https?:\/\/[^\s);,]+|--[a-z][a-z-]*|\.\/[\w./-]+|'[{[][^']*'/g;

/** Text with its code set as code, and with the characters that Markdown would take for markup standing for themselves. */
function plain(text: string): string {
  let done = '';
  let from = 0;
  for (const { 0: code, index } of text.matchAll(CODE)) {
    done += `${escaped(text.slice(from, index))}\`${code}\``;
    from = index + code.length;
  }
  return done + escaped(text.slice(from));
}

function escaped(text: string): string {
  return text.replace(/[*_<>]/g, (character) => `\\${character}`);
}

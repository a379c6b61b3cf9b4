import { asUsageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { table } from '../terminal/table.ts';
import { nodeFlags, nodeOptionSpecs } from './start-options.ts';

/** `config` without the options that the node declares. */
export const config: CommandSpec = {
  name: 'config',
  summary: 'show the configuration of a node',
  examples: [],
  subcommands: [
    {
      name: 'print',
      summary: 'show the value of each option and where it came from',
      description:
        'Reads flags, environment and configuration file as "aerolith start" with the same flags would, and prints what a node would run with: default, the line of the file, the name of the variable, or the flag. What is wrong is an error, so it also checks a file. Nothing is started.',
      local: true,
      examples: [
        { command: 'aerolith config print', does: 'what a node started here would run with' },
        { command: 'aerolith config print --config aerolith.yaml', does: 'with a file; an error names its line' },
        { command: 'aerolith config print --json | jq -r .http.value', does: 'one value' },
      ],
      run,
    },
  ],
};

/** The command with the options that the node declares. */
export async function loadConfig(): Promise<CommandSpec> {
  const options = await nodeOptionSpecs();
  return { ...config, subcommands: (config.subcommands ?? []).map((sub) => ({ ...sub, options })) };
}

type Printed = { readonly value: string | number | null; readonly from: string; readonly reloadable: boolean };

async function run(context: Context, _args: readonly string[], options: Options): Promise<void> {
  const printed = await printedOptions(context, options);
  if (context.json) {
    await context.terminal.out(`${JSON.stringify(Object.fromEntries(printed))}\n`);
    return;
  }
  const rows = printed.map(([name, { value, from, reloadable }]) => [
    name,
    String(value ?? ''),
    from,
    reloadable ? 'SIGHUP' : 'restart',
  ]);
  await context.terminal.out(table(context.terminal, ['option', 'value', 'from', 'changed by'], rows));
}

async function printedOptions(context: Context, options: Options): Promise<[name: string, printed: Printed][]> {
  const { OPTION_NAMES, OPTIONS, originText, parseGiven, readGiven } = await import('@aerolithdb/node');
  try {
    const given = readGiven({ flags: nodeFlags(options), environment: context.env });
    const parsed = parseGiven(given);
    return OPTION_NAMES.map((name) => {
      const { text, origin } = given[name] ?? { origin: { from: 'default' } };
      const value = parsed[name];
      return [
        name,
        {
          value: typeof value === 'number' ? value : (text ?? null),
          from: originText(origin),
          reloadable: OPTIONS[name].reloadable,
        },
      ];
    });
  } catch (thrown) {
    throw asUsageError(thrown);
  }
}

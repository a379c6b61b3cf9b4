import { suggestNearest } from '@aerolithdb/protocol';
import { type CliError, usageError } from '../../program/cli-error.ts';
import { DOT_COMMANDS } from './commands.ts';

/** The error of a line that begins with a dot and is no command. */
export function unknownCommand(text: string): CliError {
  const [name = ''] = text.split(/\s/);
  // Node's prompt names a dot that stands alone so.
  if (name === 'undefined') return usageError('Write the name of a command after the dot; .help shows all.');
  const nearest = suggestNearest(
    name,
    DOT_COMMANDS.map((command) => command.name),
  );
  return usageError(
    nearest === undefined
      ? `There is no command .${name}; .help shows all.`
      : `There is no command .${name}; did you mean .${nearest}?`,
  );
}

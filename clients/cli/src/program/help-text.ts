import { wrapText } from '../terminal/wrap-text.ts';
import type { CommandSpec } from './command-spec.ts';

const WIDTH = 100;

/** What stands under the options in the help of a command: its description and its examples. */
export function helpAfter(spec: CommandSpec): string {
  const description = spec.description === undefined ? '' : `\n${wrapText(spec.description, WIDTH).join('\n')}\n`;
  if (spec.examples.length === 0) return description;
  const examples = spec.examples.map(({ command, does }) => `  # ${does}\n  ${command}`).join('\n\n');
  return `${description}\nExamples:\n${examples}`;
}

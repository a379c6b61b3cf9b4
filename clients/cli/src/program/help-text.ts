import type { CommandSpec } from './command-spec.ts';

/** What stands under the options in the help of a command: its description and its examples. */
export function helpAfter(spec: CommandSpec): string {
  const description = spec.description === undefined ? '' : `\n${wrapped(spec.description)}\n`;
  if (spec.examples.length === 0) return description;
  const examples = spec.examples.map(({ command, does }) => `  # ${does}\n  ${command}`).join('\n\n');
  return `${description}\nExamples:\n${examples}`;
}

/** The text in lines of at most 100 characters; empty lines stay. */
export function wrapped(text: string, width = 100): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].join('\n');
}

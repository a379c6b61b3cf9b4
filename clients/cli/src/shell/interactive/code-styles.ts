import type { Style } from '../../terminal/terminal.ts';

const KEYWORDS =
  'async await break case catch class const continue delete do else finally for function if in instanceof let new of return switch throw try typeof var void while yield';
const VALUES = 'true false null undefined NaN Infinity';

/**
 * What has a colour, as it stands while it is typed: a text or comment that is not closed goes on to the end. A slash begins a
 * regular expression only where none can divide.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    '(?<text>"(?:[^"\\\\\\n]|\\\\[\\s\\S])*"?|\'(?:[^\'\\\\\\n]|\\\\[\\s\\S])*\'?|`(?:[^`\\\\]|\\\\[\\s\\S])*`?)',
    String.raw`(?<pattern>(?<=(?:^|[(,=:[!&|?{};]|\breturn)\s*)/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\]?)+(?:/\w*)?)`,
    String.raw`(?<operator>\$\w+)`,
    String.raw`(?<number>(?<![\w$])\.?\d[\w.]*(?:(?<=[eE])[+-]\d+)?)`,
    String.raw`(?<word>(?<![\w$.])[A-Za-z_]\w*)`,
    String.raw`\.?[\w$]+`,
  ].join('|'),
  'g',
);

const WORDS: ReadonlyMap<string, Style> = new Map([
  ...KEYWORDS.split(' ').map((word) => [word, 'cyan'] as const),
  ...VALUES.split(' ').map((word) => [word, 'yellow'] as const),
]);

const STYLES: readonly (readonly [group: string, style: Style])[] = [
  ['comment', 'dim'],
  ['text', 'green'],
  ['pattern', 'green'],
  ['operator', 'bold'],
  ['number', 'yellow'],
];

/** The style of each UTF-16 unit of code that is being typed; of a command such as `.schema` its name. */
export function codeStyles(code: string): readonly (Style | undefined)[] {
  const styles = new Array<Style | undefined>(code.length).fill(undefined);
  const command = /^\s*\.[a-z]+(?=\s|$)/.exec(code)?.[0] ?? '';
  styles.fill('cyan', 0, command.length);
  for (const { index, groups = {}, 0: token } of code.slice(command.length).matchAll(TOKEN)) {
    const style = groups.word === undefined ? STYLES.find(([group]) => groups[group] !== undefined)?.[1] : WORDS.get(groups.word);
    const from = command.length + index;
    if (style !== undefined) styles.fill(style, from, from + token.length);
  }
  return styles;
}

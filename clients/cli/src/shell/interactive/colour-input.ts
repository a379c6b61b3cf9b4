import type { REPLServer } from 'node:repl';
import type { Style, Terminal } from '../../terminal/terminal.ts';
import { codeStyles } from './code-styles.ts';

/** What Node's prompt calls to draw, under the names that it keeps for programs such as this one. */
type Drawing = { _writeToOutput(text: string): void; _insertString(text: string): void; _refreshLine(): void };

/** How Node's prompt begins the second and later lines of an input. */
const NEXT_LINE = '\n| ';

/** Draws what is typed in colours, when the terminal has them. The text and the places of the cursor stay those of Node's prompt. */
export function colourInput(server: REPLServer, terminal: Terminal): void {
  if (terminal.style('bold', 'x') === 'x') return;
  const drawing = server as unknown as Drawing;
  const [write, insert] = [drawing._writeToOutput.bind(server), drawing._insertString.bind(server)];
  let drawn = 0;
  let typed: { readonly text: string; readonly before: string } | undefined;
  let mustRefresh = false;

  drawing._insertString = (text) => {
    typed = { text, before: server.line };
    insert(text);
    typed = undefined;
    if (mustRefresh) drawing._refreshLine();
    mustRefresh = false;
  };

  drawing._writeToOutput = (text) => {
    const prompt = server.getPrompt();
    const lines = server.line.split('\n');
    if (typed !== undefined && text === typed.text) {
      const styles = codeStyles(server.line);
      mustRefresh = codeStyles(typed.before).some((style, index) => style !== styles[index]);
      write(painted(terminal, text, styles.slice(typed.before.length)));
    } else if (text === `${prompt}${lines[0]}`) {
      drawn = 1;
      write(prompt + lineOf(terminal, server.line, 0));
    } else if (drawn > 0 && drawn < lines.length && text === `${NEXT_LINE}${lines[drawn]}`) {
      write(NEXT_LINE + lineOf(terminal, server.line, drawn));
      drawn += 1;
    } else write(text);
  };
}

/** One line of code in its colours, as they are with all lines before it. */
function lineOf(terminal: Terminal, code: string, line: number): string {
  const lines = code.split('\n');
  const start = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  const text = lines[line] ?? '';
  return painted(terminal, text, codeStyles(code).slice(start, start + text.length));
}

function painted(terminal: Terminal, text: string, styles: readonly (Style | undefined)[]): string {
  let shown = '';
  for (let from = 0; from < text.length; ) {
    const style = styles[from];
    let to = from + 1;
    while (to < text.length && styles[to] === style) to += 1;
    const part = text.slice(from, to);
    shown += style === undefined ? part : terminal.style(style, part);
    from = to;
  }
  return shown;
}

import type { Style, Terminal } from '../../terminal/terminal.ts';

/** Strings (with the colon, for a name), numbers, and words; everything else passes as it is. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** JSON text with colours, when the terminal has them. */
export function colourJson(terminal: Terminal, json: string): string {
  return json.replace(TOKEN, (token: string, text: string | undefined, colon: string | undefined) => {
    if (text !== undefined && colon !== undefined) return `${terminal.style('bold', text)}${colon}`;
    return terminal.style(styleOf(token), token);
  });
}

function styleOf(token: string): Style {
  if (token.startsWith('"')) return 'green';
  return token === 'null' ? 'dim' : 'yellow';
}

/** JSON text with two spaces a level; objects and arrays without members stay on their line. Text inside of strings is not touched. */
export function indentJson(json: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return json.replace(/"(?:[^"\\]|\\.)*"|\{\}|\[\]|[{}[\],:]/g, (token) => {
    if (token === '{' || token === '[') {
      depth += 1;
      return token + line();
    }
    if (token === '}' || token === ']') {
      depth -= 1;
      return line() + token;
    }
    if (token === ',') return token + line();
    return token === ':' ? ': ' : token;
  });
}

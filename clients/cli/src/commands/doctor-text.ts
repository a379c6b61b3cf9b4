import type { Finding, Severity } from '@aerolithdb/node/doctor';
import type { Style, Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';

const STYLES: Readonly<Record<Severity, Style>> = { ok: 'green', warning: 'yellow', error: 'red' };
const SEVERITY_WIDTH = 9;
const CHECK_WIDTH = 17;
const ROOM_MIN = 30;

/** One row of the table: severity, check, what was found, and under it what to do. */
export function findingText(terminal: Terminal, { severity, check, found, todo }: Finding): string {
  const room = Math.max(ROOM_MIN, terminal.columns - SEVERITY_WIDTH - CHECK_WIDTH);
  const indent = ' '.repeat(SEVERITY_WIDTH + CHECK_WIDTH);
  const [first = '', ...rest] = [...wrapText(found, room), ...(todo === undefined ? [] : wrapText(`To do: ${todo}`, room))];
  const head = terminal.style(STYLES[severity], severity.padEnd(SEVERITY_WIDTH)) + check.padEnd(CHECK_WIDTH);
  return [head + first, ...rest.map((line) => indent + line)].map((line) => `${line}\n`).join('');
}

import { objectSlices, parseValue } from '@aerolithdb/protocol';
import type { CommandSpec } from '../program/command-spec.ts';
import { watchChanges } from '../remote/watch-changes.ts';
import { cellText } from '../terminal/cell.ts';
import { fit } from '../terminal/display-width.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printLine } from './print.ts';

export const watch: CommandSpec = {
  name: 'watch',
  summary: 'follow the changes of one collection or of all',
  description:
    'Shows each change when it is durable, in order, without gap or repeat, until Ctrl-C. When the connection breaks it is made anew and goes on after the last change. In a pipe, or with --json, each change is one line of JSON; its position is what --since takes to go on later.',
  arguments: [{ name: 'collection', description: 'name of the collection; all when absent' }],
  options: [
    { flags: '--since <position>', description: 'begin after this position; 0 is the beginning (default: now)' },
    { flags: '--limit <n>', description: 'end after so many changes' },
  ],
  examples: [
    { command: 'aerolith watch cities', does: 'what happens from now on' },
    { command: 'aerolith watch cities --since 0 --json > changes.ndjson', does: 'everything since the beginning, into a file' },
  ],
  async run(context, [collection], options) {
    const { terminal, signal } = context;
    const limit = options.whole('limit') ?? Number.POSITIVE_INFINITY;
    const since = options.whole('since');
    const request = { ...(collection === undefined ? {} : { collection }), ...(since === undefined ? {} : { since }) };
    if (!context.json) terminal.err(terminal.style('dim', `Watching ${collection ?? 'all collections'}. Ctrl-C ends.\n`, 'err'));
    const onLost = (why: string) =>
      terminal.err(`${terminal.style('yellow', 'Connection lost', 'err')} (${why}) Trying again.\n`);
    let seen = 0;
    if (limit === 0) return;
    for await (const { text } of watchChanges(context.client(), { ...request, signal, onLost })) {
      await printLine(context, context.json ? text : changeLine(terminal, text));
      seen += 1;
      if (seen >= limit) return;
    }
  },
};

/** `12:30:01 update cities 2988507 {"_id":2988507,…}` in the width of the terminal. */
export function changeLine(terminal: Terminal, text: string): string {
  const fields = objectSlices(text);
  const plain = (name: string) => {
    const slice = fields.get(name);
    return slice === undefined ? '' : cellText(parseValue(slice));
  };
  const time = new Date(Number(fields.get('time') ?? 0)).toISOString().slice(11, 23);
  const head = [time, plain('kind').padEnd(7), plain('collection'), plain('id')].filter((part) => part !== '').join('  ');
  const room = terminal.columns - head.length - 3;
  const document = fields.get('document');
  const styled = head.replace(time, terminal.style('dim', time));
  return document === undefined || room < 10 ? styled : `${styled}  ${fit(cellText(parseValue(document)), room)}`;
}

import { setTimeout as wait } from 'node:timers/promises';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import { grouped } from '../terminal/figures.ts';
import { table } from '../terminal/table.ts';
import { printLine } from './print.ts';

const HEAD = ['share', 'reads', '/s', 'mean ms', 'longest', 'read', 'returned', 'plan', 'query'];
const NUMERIC = new Set([0, 1, 2, 3, 4, 5, 6]);
const SECONDS = 2;
/** Clears the screen and goes to its first line. */
const CLEAR = '\x1b[2J\x1b[H';

export const profile: CommandSpec = {
  name: 'profile',
  summary: 'show where the time of queries goes, live',
  description:
    'A table of the shapes of queries, the one that took most time first, made anew every few seconds until Ctrl-C: how many reads, their mean time, rows read and returned, and the plan of the last one. Values are left out. In a pipe, or with --json, each state is one line of JSON, slow reads included. Needs an admin token.',
  options: [
    { flags: '--once', description: 'show one state and end' },
    { flags: '--interval <seconds>', description: `seconds between two states (default: ${SECONDS})` },
  ],
  examples: [
    { command: 'aerolith profile', does: 'the live table' },
    { command: 'aerolith profile --once --json', does: 'one state, with the slow reads that came last' },
  ],
  async run(context, _arguments, options) {
    const seconds = Math.max(1, options.whole('interval') ?? SECONDS);
    const once = options.flag('once');
    let before: Profile | undefined;
    do {
      const { text } = await context.client().send({ path: '/v1/profile' });
      const now = JSON.parse(text) as Profile;
      await show(context, text, now, before, once);
      before = now;
      if (once) return;
      await wait(1000 * seconds, undefined, { signal: context.signal }).catch(() => undefined);
    } while (!context.signal.aborted);
  },
};

/** What of `GET /v1/profile` is shown. */
export type Profile = { readonly since: number; readonly now: number; readonly shapes: readonly Shape[] };

type Shape = {
  readonly fingerprint: string;
  readonly kind: string;
  readonly collection?: string;
  readonly filter?: string;
  readonly sort?: string;
  readonly pipeline?: string;
  readonly reads: number;
  readonly totalMs: number;
  readonly longestMs: number;
  readonly last: { readonly plan?: string; readonly rowsRead?: number; readonly rowsReturned?: number };
};

async function show(context: Context, text: string, now: Profile, before: Profile | undefined, once: boolean): Promise<void> {
  if (context.json) return await printLine(context, text);
  const rows = profileRows(now, before);
  const body = rows.length === 0 ? 'No query was looked at yet.\n' : table(context.terminal, HEAD, rows, { numeric: NUMERIC });
  await context.terminal.out(once ? body : `${CLEAR}${body}`);
}

/** One row a shape. The rate is that since `before`, or since the profile is kept. */
export function profileRows({ shapes, since, now }: Profile, before: Profile | undefined): string[][] {
  const all = shapes.reduce((sum, { totalMs }) => sum + totalMs, 0);
  const seconds = Math.max(0.001, (now - (before?.now ?? since)) / 1000);
  const known = new Map(before?.shapes.map((shape) => [shape.fingerprint, shape.reads]));
  return shapes.map((shape) => {
    const { reads, totalMs, longestMs, last, fingerprint } = shape;
    const rate = (reads - (known.get(fingerprint) ?? 0)) / seconds;
    return [
      `${Math.round((100 * totalMs) / Math.max(all, 0.001))}%`,
      grouped(Math.round(reads)),
      rate.toFixed(1),
      (totalMs / Math.max(1, reads)).toFixed(2),
      longestMs.toFixed(1),
      figure(last.rowsRead),
      figure(last.rowsReturned),
      last.plan ?? '',
      queryText(shape),
    ];
  });
}

function figure(number: number | undefined): string {
  return number === undefined ? '' : grouped(number);
}

function queryText({ kind, collection, filter, sort, pipeline }: Shape): string {
  const parts = [kind, collection, filter ?? pipeline, sort === undefined ? undefined : `sort ${sort}`];
  return parts.filter((part) => part !== undefined).join(' ');
}

import type { Restored, RestoreProgress, Until } from '@aerolithdb/node';
import { parseIsoDate } from '@aerolithdb/protocol';
import { CliError, EXIT, usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { counted, duration, grouped } from '../terminal/figures.ts';
import { Progress } from '../terminal/progress.ts';

const MEBIBYTE = 1_048_576;

export const restore: CommandSpec = {
  name: 'restore',
  summary: 'make a data folder out of backups',
  description: `Makes a new data folder out of a full backup and, in their order, the increments that continue it. Every byte is checked before anything is made: a backup that is damaged, cut short, of another database or out of order is refused, with the part and the byte where it is wrong. The folder appears when it is whole.

--height and --time end at an earlier state: at that height, or at the last block whose time is not after that time. A state before the end of the first backup is computed anew from its blocks, which takes about as long as loading the data did.

Users and tokens are those of the restored state. The admin key is not in a backup: name the file of the original with --admin-key, or keep using it from where it is.`,
  local: true,
  arguments: [
    {
      name: 'backup',
      description: 'a full backup, then what continues it; - for standard input',
      required: true,
      variadic: true,
    },
  ],
  options: [
    { flags: '--data <folder>', description: 'the folder to make; it must be empty or not be there' },
    { flags: '--height <height>', description: 'end at this height' },
    { flags: '--time <time>', description: 'end at this time, such as 2026-01-31T12:00:00Z' },
    { flags: '--admin-key <file>', description: 'admin.key of the original, to be put into the folder' },
  ],
  examples: [
    { command: 'aerolith restore monday.backup --data restored', does: 'everything that is in it' },
    { command: 'aerolith restore monday.backup tuesday.backup --data restored', does: 'with an increment' },
    {
      command: 'aerolith restore monday.backup tuesday.backup --data restored --time 2026-01-31T12:00:00Z',
      does: 'as it was at noon',
    },
    { command: 'ssh store "cat node1.backup" | aerolith restore - --data restored', does: 'from another machine' },
  ],
  run,
};

async function run(context: Context, files: readonly string[], options: Options): Promise<void> {
  const folder = options.text('data');
  if (folder === undefined) throw usageError('Name the folder to make with --data.');
  if (files.filter((file) => file === '-').length > 1)
    throw usageError('Standard input can hold one backup; name files for the others.');
  if (files.includes('-') && context.stdin.isTTY) throw usageError('Send the backup into standard input through a pipe.');
  const until = untilOf(options);
  const adminKey = options.text('adminKey');
  const bars = new Bars(context);
  const begun = performance.now();
  const { restoreBackups } = await import('@aerolithdb/node');
  try {
    const restored = await restoreBackups({
      backups: files.map((file) => (file === '-' ? context.stdin : file)),
      folder,
      ...(until !== undefined && { until }),
      ...(adminKey !== undefined && { adminKey }),
      signal: context.signal,
      onProgress: (progress) => bars.show(progress),
    });
    bars.end();
    await report(context, restored, performance.now() - begun, adminKey !== undefined);
  } catch (error) {
    throw context.signal.aborted ? interrupted() : error;
  } finally {
    bars.end();
  }
}

function untilOf(options: Options): Until {
  const height = options.whole('height');
  const text = options.text('time');
  if (height !== undefined && text !== undefined)
    throw usageError('--height and --time are two ways to say where to end; give one.');
  if (height !== undefined) return { height };
  if (text === undefined) return undefined;
  const time = parseIsoDate(text);
  if (time === undefined) throw usageError(`--time takes a time with its zone such as 2026-01-31T12:00:00Z, not "${text}".`);
  return { time };
}

/** One bar after the other: checking, then restoring. */
class Bars {
  readonly #context: Context;
  #stage: RestoreProgress['stage'] | undefined;
  #bar: Progress | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  show({ stage, bytes, totalBytes }: RestoreProgress): void {
    if (this.#stage !== stage) this.end();
    this.#stage = stage;
    this.#bar ??= new Progress(this.#context.terminal, `${stage} (MiB)`, this.#context.jsonAsked);
    const count = bytes / MEBIBYTE;
    if (totalBytes === undefined) this.#bar.show({ count, part: undefined });
    else this.#bar.show({ count, total: totalBytes / MEBIBYTE, part: totalBytes === 0 ? 1 : bytes / totalBytes });
  }

  end(): void {
    this.#bar?.end();
    this.#bar = undefined;
  }
}

async function report(context: Context, restored: Restored, ms: number, hasKey: boolean): Promise<void> {
  const { folder, head, documents, collections } = restored;
  if (context.jsonAsked) {
    await context.terminal.out(`${JSON.stringify({ ...restored, ms: Math.round(ms) })}\n`);
    return;
  }
  const what = `${counted(documents, 'document')} in ${counted(collections, 'collection')}`;
  const when = new Date(head.time).toISOString();
  await context.terminal.out(
    `Restored ${what} as of height ${grouped(head.height)} (${when}) to ${folder} in ${duration(ms)}. Block hash ${head.hash}.\n`,
  );
  if (!hasKey) context.terminal.err('Sign in with the admin key of the original: it is not part of a backup.\n');
}

function interrupted(): CliError {
  return new CliError('interrupted', 'Stopped as asked; nothing was restored.', EXIT.interrupted);
}

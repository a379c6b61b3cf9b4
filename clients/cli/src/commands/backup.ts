import type { About, BackupReader } from '@aerolithdb/node';
import { CliError, EXIT, usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { refusal } from '../remote/refusal.ts';
import { byteSize, counted, duration, grouped } from '../terminal/figures.ts';
import { Progress } from '../terminal/progress.ts';
import { type BackupOutput, openBackupOutput } from './backup-output.ts';

export const backup: CommandSpec = {
  name: 'backup',
  summary: 'write a backup of a running node, or of a folder',
  description: `Writes everything: documents, indexes, history, the ledger, and users and tokens (not the passwords and tokens themselves, and not admin.key). The backup is compressed, has a checksum for each part, and is consistent at one height. The node goes on reading and writing meanwhile, however slowly the backup is taken; what is not taken in time needs room on its disk, compressed.

Without --data the backup comes from the server and needs the role admin. With --data it is made of a folder that no node uses.

--since makes an increment: the blocks after a height, to be restored on top of the backup that ends there. --since-file takes that height out of the backup before, and checks that both are of one database. --since 0 is a full backup in its smallest form: the ledger alone, from which a restore computes the state anew.

The file appears under its name when it is whole and has been checked.`,
  arguments: [
    {
      name: 'file',
      description:
        'where to; standard output when it is - (default: aerolith-HEIGHT.backup, of an increment aerolith-FROM-TO.backup)',
    },
  ],
  options: [
    { flags: '--since <height>', description: 'only the blocks after this height' },
    { flags: '--since-file <previous>', description: 'only the blocks after the end of this backup' },
    { flags: '--data <folder>', description: 'make it of this data folder, which no node may be using' },
  ],
  examples: [
    { command: 'aerolith backup monday.backup', does: 'the running node, as a whole' },
    { command: 'aerolith backup tuesday.backup --since-file monday.backup', does: 'what was written since' },
    { command: 'aerolith backup - | ssh store "cat > node1.backup"', does: 'to another machine' },
    { command: 'aerolith backup --data /srv/aerolith', does: 'a node that is stopped' },
  ],
  run,
};

async function run(context: Context, [file]: readonly string[], options: Options): Promise<void> {
  if (file === '-' && context.terminal.outIsTty)
    throw usageError('A backup is no text for a terminal: name a file, or send it into a pipe.');
  const before = await previous(context, options);
  const since = before?.head.height ?? options.whole('since');
  const { BackupReader: Reader, backupFolder } = await import('@aerolithdb/node');
  const data = options.text('data');
  const bytes = data === undefined ? fromServer(context, since) : backupFolder(data, since);
  const reader = new Reader({ name: 'The backup' });
  const output = openBackupOutput(context, file);
  const progress = new Progress(context.terminal, 'backup', context.jsonAsked);
  try {
    await copy(context, bytes, reader, before, output, progress);
    await output.complete();
  } catch (error) {
    throw context.signal.aborted ? interrupted() : error;
  } finally {
    progress.end();
    await output.discard();
  }
  await report(context, reader, output, progress.elapsedMs);
}

/** What the backup that `--since-file` names says of itself. */
async function previous(context: Context, options: Options): Promise<About | undefined> {
  const file = options.text('sinceFile');
  if (file === undefined) return undefined;
  if (options.text('since') !== undefined) throw usageError('--since and --since-file say the same in two ways; give one.');
  const { checkBackup } = await import('@aerolithdb/node');
  return (await checkBackup(file, { signal: context.signal })).about;
}

async function* fromServer(context: Context, since: number | undefined): AsyncGenerator<Buffer, void, void> {
  const client = context.client();
  const path = since === undefined ? '/v1/backup' : `/v1/backup?since=${since}`;
  const answer = await client.open({ path, accept: '*/*' });
  try {
    for await (const bytes of answer as AsyncIterable<Buffer>) yield bytes;
  } catch (cause) {
    const { details } = client.broken(cause);
    const message = `The connection to ${client.url} broke (${String(details.why)}) before the backup was whole, and nothing was kept. Try again.`;
    throw new CliError('unreachable', message, EXIT.unreachable, details);
  }
  // What stopped a backup that had begun.
  const problem = answer.trailers['aerolith-problem'];
  if (problem !== undefined) throw refusal(answer.statusCode ?? 0, decodeURIComponent(problem), true);
}

/** Every byte is checked on its way, so that what is written is known to be whole. */
async function copy(
  context: Context,
  bytes: AsyncIterable<Buffer>,
  reader: BackupReader,
  before: About | undefined,
  output: BackupOutput,
  progress: Progress,
): Promise<void> {
  for await (const piece of bytes) {
    for (const { head } of reader.read(piece)) if (head.kind === 'about') begin(reader.about, before, output);
    await output.write(piece);
    if (reader.about !== undefined) progress.show(state(reader, reader.about));
    if (context.signal.aborted) throw interrupted();
  }
  reader.end();
}

function begin(about: About | undefined, before: About | undefined, output: BackupOutput): void {
  if (about === undefined) return;
  const { since, head } = about;
  output.name(since === undefined ? `aerolith-${head.height}.backup` : `aerolith-${since.height}-${head.height}.backup`);
  if (before === undefined || since?.hash === before.head.hash) return;
  const message = `The block ${before.head.height} of this database is not the one at which the backup before ends: they are of different databases. Make a full backup.`;
  throw new CliError('backup_mismatch', message, EXIT.other, { expected: before.head.hash, found: since?.hash });
}

function state(reader: BackupReader, { documents, head, since }: About) {
  const total = documents + head.height - (since?.height ?? 0);
  return { count: reader.items, total, part: total === 0 ? undefined : reader.items / total };
}

async function report(context: Context, reader: BackupReader, output: BackupOutput, ms: number): Promise<void> {
  const { about, totals } = reader.end();
  const { since, head, takenAt } = about;
  const kind = since === undefined ? 'full' : 'increment';
  const { documents, blocks, parts } = totals;
  const bytes = reader.bytes;
  const file = output.path ?? '-';
  const json = JSON.stringify({
    file,
    kind,
    ...(since && { since }),
    head,
    takenAt,
    documents,
    blocks,
    parts,
    bytes,
    ms: Math.round(ms),
  });
  const what =
    since === undefined ? `${counted(documents, 'document')} and ${counted(blocks, 'block')}` : counted(blocks, 'block');
  const where = output.path === undefined ? '' : ` to ${output.path}`;
  const sentence = `Backed up ${what} up to height ${grouped(head.height)}${where} (${byteSize(bytes)} in ${duration(ms)}).`;
  const line = `${context.jsonAsked ? json : sentence}\n`;
  if (output.path === undefined) context.terminal.err(line);
  else await context.terminal.out(line);
}

function interrupted(): CliError {
  return new CliError('interrupted', 'Stopped as asked; no backup was made.', EXIT.interrupted);
}

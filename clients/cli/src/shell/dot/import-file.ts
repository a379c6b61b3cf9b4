import { randomBytes } from 'node:crypto';
import { type AerolithDatabase, AerolithError } from '@aerolithdb/client';
import { importDocuments } from '../../importing/import-documents.ts';
import { inputFormat } from '../../importing/input-format.ts';
import { openInput } from '../../importing/open-input.ts';
import { readRecords } from '../../importing/read-records.ts';
import { CliError, EXIT } from '../../program/cli-error.ts';
import { clock, counted, grouped } from '../../terminal/figures.ts';
import { Progress } from '../../terminal/progress.ts';
import { transportSink } from '../transport-sink.ts';
import type { DotCommand } from './dot-command.ts';
import { words } from './words.ts';

const IN_FLIGHT = 4;

export const importFile: DotCommand = {
  name: 'import',
  usage: '<file> <collection>',
  takes: ['file', 'collection'],
  does: 'insert the documents of a JSON, NDJSON or CSV file; "aerolith import" has more options',
  example: '.import people.ndjson people',
  async run(session, rest, signal) {
    const [file, collection] = words(rest, importFile, 2);
    const input = await openInput(file, session.context.stdin);
    const groups = readRecords(inputFormat(file, input.beginning), input.bytes, { types: new Map(), empty: 'missing' });
    await ensureCollection(session.connection.database, collection);
    const progress = new Progress(session.context.terminal, file.split('/').at(-1) ?? file, false);
    const { written, failure, interrupted } = await importDocuments(groups, {
      sink: transportSink(session.transport.inner, collection),
      inFlight: IN_FLIGHT,
      run: `shell-${randomBytes(8).toString('hex')}`,
      signal,
      onProgress: (count, bytes) => progress.show({ count, part: input.size ? bytes / input.size : undefined }),
    });
    progress.end();
    const done = `${counted(written, 'document')} ${written === 1 ? 'is' : 'are'} written and durable.`;
    if (failure !== undefined) throw new CliError(failure.code, `${failure.message} ${done}`, failure.exit, failure.details);
    if (interrupted) throw new CliError('interrupted', `Stopped as asked. ${done}`, EXIT.interrupted);
    return `Imported ${counted(written, 'document')} into "${collection}"${rate(written, progress.elapsedMs)}.`;
  },
};

function rate(written: number, elapsedMs: number): string {
  return elapsedMs > 0 ? ` in ${clock(elapsedMs / 1000)} (${grouped((written * 1000) / elapsedMs)}/s)` : '';
}

async function ensureCollection(database: AerolithDatabase, name: string): Promise<void> {
  try {
    await database.createCollection(name);
  } catch (error) {
    if (!(error instanceof AerolithError) || error.code !== 'collection_exists') throw error;
  }
}

import { randomBytes } from 'node:crypto';
import { CliError, EXIT } from '../program/cli-error.ts';
import type { Context } from '../program/context.ts';
import { collectionPath } from '../remote/paths.ts';
import { requestBody } from '../remote/request-body.ts';
import { RestClient } from '../remote/rest-client.ts';
import { clock, counted, grouped } from '../terminal/figures.ts';
import { Progress } from '../terminal/progress.ts';
import { BadRecords } from './bad-records.ts';
import { restSink } from './document-sink.ts';
import { type ImportResult, importDocuments } from './import-documents.ts';
import type { RecordGroup } from './record.ts';

export type OnError = { readonly kind: 'stop' } | { readonly kind: 'skip' } | { readonly kind: 'reject'; readonly file: string };

export type ImportTask = {
  readonly label: string;
  readonly collection: string;
  readonly create: boolean;
  readonly groups: (onHeader: (raw: string) => void) => AsyncIterable<RecordGroup>;
  /** Bytes of the input, where they are known. */
  readonly bytes?: number;
  /** Documents of the input, where they are known; they go before bytes. */
  readonly documents?: number;
  readonly idField?: string;
  readonly onError: OnError;
  readonly inFlight: number;
};

/** How long an import waits in all for a server that is away or busy, for each batch. */
const PATIENCE_MS = 60_000;

/** Runs an import with its progress line and prints its result. Throws when it did not reach the end of its input. */
export async function runImport(context: Context, task: ImportTask): Promise<ImportResult> {
  const client = context.client();
  if (task.create) await ensureCollection(client, task.collection);
  const reject = task.onError.kind === 'reject' ? task.onError.file : undefined;
  const bad = await BadRecords.open(context.terminal, context.jsonAsked, reject);
  const progress = new Progress(context.terminal, task.label, context.jsonAsked);
  const result = await importDocuments(
    task.groups((raw) => {
      bad.header = raw;
    }),
    {
      sink: restSink(client, task.collection, PATIENCE_MS),
      inFlight: task.inFlight,
      run: `import-${randomBytes(8).toString('hex')}`,
      signal: context.signal,
      ...(task.idField === undefined ? {} : { idField: task.idField }),
      ...(task.onError.kind === 'stop' ? {} : { onBad: (record) => bad.add(record) }),
      onProgress: (written, bytesRead) => progress.show(progressOf(task, written, bytesRead)),
    },
  );
  progress.end();
  await bad.close();
  await report(context, task, result, bad, progress.elapsedMs);
  return result;
}

function progressOf(task: ImportTask, written: number, bytesRead: number) {
  if (task.documents !== undefined) return { count: written, part: written / task.documents, total: task.documents };
  return { count: written, part: task.bytes === undefined || task.bytes === 0 ? undefined : bytesRead / task.bytes };
}

async function report(
  context: Context,
  task: ImportTask,
  result: ImportResult,
  bad: BadRecords,
  elapsedMs: number,
): Promise<void> {
  const { written, failure, interrupted } = result;
  const ended = failure ?? (interrupted ? new CliError('interrupted', 'Stopped as asked.', EXIT.interrupted) : undefined);
  const figures = { collection: task.collection, written, bad: result.bad };
  if (ended !== undefined) {
    const sentence = `${ended.message} ${counted(written, 'document')} of this run ${written === 1 ? 'is' : 'are'} written and durable.`;
    throw new CliError(ended.code, sentence, ended.exit, { ...ended.details, ...figures });
  }
  const elapsed = Math.round(elapsedMs);
  if (context.jsonAsked) {
    await context.terminal.out(`${JSON.stringify({ ...figures, elapsedMs: elapsed, badRecords: bad.listed })}\n`);
    return;
  }
  const rate = elapsedMs > 0 ? ` in ${clock(elapsedMs / 1000)} (${grouped((written * 1000) / elapsedMs)}/s)` : '';
  const kept = task.onError.kind === 'reject' ? `, kept in ${task.onError.file}` : '';
  const refused = result.bad === 0 ? '' : ` ${counted(result.bad, 'record')} could not be inserted${kept}.`;
  await context.terminal.out(`Imported ${counted(written, 'document')} into "${task.collection}"${rate}.${refused}\n`);
}

/** Makes the collection when there is none. */
async function ensureCollection(client: RestClient, name: string): Promise<void> {
  try {
    await client.send({ path: collectionPath(name) });
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'unknown_collection') throw error;
    await makeCollection(client, name);
  }
}

async function makeCollection(client: RestClient, name: string): Promise<void> {
  const body = requestBody({ name: JSON.stringify(name) });
  try {
    await client.send({ method: 'POST', path: '/v1/collections', body, commandId: RestClient.commandId() });
  } catch (error) {
    // Another client was a moment faster.
    if (!(error instanceof CliError) || error.code !== 'collection_exists') throw error;
  }
}

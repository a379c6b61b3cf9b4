import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliError, EXIT } from '../program/cli-error.ts';
import type { DocumentSink } from './document-sink.ts';
import { type BadRecord, type ImportResult, importDocuments } from './import-documents.ts';
import type { RecordGroup } from './record.ts';

/** Keeps documents by `_id`, refuses one that is there, and counts what is under way. */
class MemorySink implements DocumentSink {
  readonly documents = new Map<string, string>();
  readonly calls: string[] = [];
  underway = 0;
  mostUnderway = 0;

  async all(texts: readonly string[], commandId: string): Promise<void> {
    this.calls.push(`all ${texts.length}`);
    await this.#working();
    if (commandId.length > 58) throw new Error('The command id is too long.');
    const taken = texts.find((text) => this.documents.has(idOf(text)));
    if (taken !== undefined) throw duplicate(idOf(taken));
    for (const text of texts) this.documents.set(idOf(text), text);
  }

  async each(texts: readonly string[]): Promise<readonly (CliError | undefined)[]> {
    this.calls.push(`each ${texts.length}`);
    return texts.map((text) => {
      if (this.documents.has(idOf(text))) return duplicate(idOf(text));
      this.documents.set(idOf(text), text);
      return undefined;
    });
  }

  async #working(): Promise<void> {
    this.underway += 1;
    this.mostUnderway = Math.max(this.mostUnderway, this.underway);
    await new Promise((resolve) => setImmediate(resolve));
    this.underway -= 1;
  }
}

function idOf(text: string): string {
  return JSON.stringify(JSON.parse(text)._id);
}

function duplicate(id: string): CliError {
  return new CliError('duplicate_id', `A document with the _id ${id} exists.`, EXIT.refused);
}

async function* groupOf(texts: readonly string[]): AsyncGenerator<RecordGroup> {
  yield { records: texts.map((text, index) => ({ line: index + 1, text })), bytesRead: 1 };
}

type Run = { readonly sink: DocumentSink; readonly bad?: BadRecord[]; readonly signal?: AbortSignal; readonly idField?: string };

async function run(texts: readonly string[], { sink, bad, signal, idField }: Run): Promise<ImportResult> {
  const onBad = async (record: BadRecord) => {
    bad?.push(record);
  };
  return await importDocuments(groupOf(texts), {
    sink,
    inFlight: 3,
    run: 'import-0123456789abcdef',
    onProgress: () => undefined,
    signal: signal ?? new AbortController().signal,
    ...(bad === undefined ? {} : { onBad }),
    ...(idField === undefined ? {} : { idField }),
  });
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `{"_id":${index}}`);

test('batches hold at most 1,000 documents, and only so many are under way', async () => {
  const sink = new MemorySink();
  const result = await run(numbered(7500), { sink });
  assert.deepEqual([result.written, result.bad, result.failure], [7500, 0, undefined]);
  assert.deepEqual(sink.calls.toSorted(), [
    'all 1000',
    'all 1000',
    'all 1000',
    'all 1000',
    'all 1000',
    'all 1000',
    'all 1000',
    'all 500',
  ]);
  assert.ok(sink.mostUnderway > 1 && sink.mostUnderway <= 3, `${sink.mostUnderway} were under way`);
});

test('batches hold at most three quarters of what one command may', async () => {
  const sink = new MemorySink();
  await run(
    Array.from({ length: 7 }, (_, index) => `{"_id":${index},"x":"${'x'.repeat(1_000_000)}"}`),
    { sink },
  );
  assert.deepEqual(sink.calls, ['all 3', 'all 3', 'all 1']);
});

test('a bad line ends the run, after what stands before it is inserted', async () => {
  const sink = new MemorySink();
  const result = await run(['{"_id":1}', '{"_id":2}', '{"_id":3,}', '{"_id":4}'], { sink });
  assert.match(result.failure?.message ?? '', /^Line 3: .*\(column 10\)/);
  assert.equal(result.written, 2);
  assert.deepEqual([...sink.documents.keys()], ['1', '2']);
});

test('a document that the server refuses ends the run; its line is named', async () => {
  const result = await run(['{"_id":1}', '{"_id":1}'], { sink: refusing(duplicate('1')) });
  assert.match(result.failure?.message ?? '', /^Lines 1 to 2: A document/);
  assert.equal(result.written, 0);
});

test('bad records are handed on, and the others of their batch inserted', async () => {
  const sink = new MemorySink();
  sink.documents.set('2', '');
  const bad: BadRecord[] = [];
  const result = await run(['{"_id":1}', '{"_id":2}', '{"_id":', '{"_id":3}'], { sink, bad });
  assert.deepEqual([result.written, result.bad], [2, 2]);
  assert.deepEqual(
    bad.map(({ record, code }) => [record.line, code]),
    [
      [3, 'invalid_json'],
      [2, 'duplicate_id'],
    ],
  );
  assert.deepEqual(sink.calls, ['all 3', 'each 3']);
});

test('what is not the fault of a document ends the run, bad records or not', async () => {
  const full = new CliError('storage_full', 'The disk is full.', EXIT.refused);
  const result = await run(['{"_id":1}'], { sink: refusing(full), bad: [] });
  assert.deepEqual([result.failure?.code, result.written, result.bad], ['storage_full', 0, 0]);
});

test('a batch that is too large for the server is halved', async () => {
  const inserted: string[] = [];
  const sink: DocumentSink = {
    async all(texts, commandId) {
      if (texts.length > 2) throw new CliError('batch_too_large', 'Too large.', EXIT.refused);
      inserted.push(`${commandId.split('-').at(-1)}:${texts.length}`);
    },
    each: async () => [],
  };
  assert.equal((await run(numbered(5), { sink })).written, 5);
  assert.deepEqual(inserted, ['0aa:2', '0ab:1', '0b:2']);
});

test('a signal ends the run: what was read and not sent is not counted', async () => {
  const sink = new MemorySink();
  const result = await run(numbered(10), { sink, signal: AbortSignal.abort() });
  assert.deepEqual([result.written, result.interrupted, sink.calls], [0, true, []]);
});

test('an _id is made, or taken from a field, in front of a text that stays as it is', async () => {
  const sent: string[] = [];
  const sink: DocumentSink = { all: async (texts) => void sent.push(...texts), each: async () => [] };
  await run(['{ "n" : 1.0 }', '{}', '{"_id":{"$oid":"5f2a1b3c4d5e6f7a8b9c0d1e"}}'], { sink });
  assert.match(sent[0] ?? '', /^\{"_id":\{"\$oid":"[0-9a-f]{24}"\}, "n" : 1\.0 \}$/);
  assert.match(sent[1] ?? '', /^\{"_id":\{"\$oid":"[0-9a-f]{24}"\}\}$/);
  assert.equal(sent[2], '{"_id":{"$oid":"5f2a1b3c4d5e6f7a8b9c0d1e"}}');
  const bad: BadRecord[] = [];
  await run(['{"code":"a"}', '{"cod":"b"}', '{"_id":1,"code":"c"}'], { sink, bad, idField: 'code' });
  assert.equal(sent[3], '{"_id":"a","code":"a"}');
  assert.deepEqual(
    bad.map(({ code }) => code),
    ['invalid_id', 'invalid_id'],
  );
});

function refusing(error: CliError): DocumentSink {
  return {
    all: () => Promise.reject(error),
    each: async (texts) => texts.map(() => error),
  };
}

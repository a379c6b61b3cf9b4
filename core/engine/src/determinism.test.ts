import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, encodeCommand, merkleRoot, type Outcome, parseDocument, toStored } from '@aerolithdb/protocol';
import type { ReaderConnection, StorageOptions } from '@aerolithdb/storage';
import { readCatalogue, readCounters } from './catalogue.ts';
import { indexEntries, indexShape } from './index-kinds/ordered/ordered-entries.ts';
import { changeKindOf } from './ledger/change-kind.ts';
import { restoreCommand } from './ledger/kept-command.ts';
import { BlockCache } from './ledger/read-block.ts';
import { EngineDriver, hashOf, stateLines } from './testing/engine-driver.ts';
import { Random, randomCommands } from './testing/random-commands.ts';

const SEED = Number(process.env.AEROLITH_SEED ?? 7);
const COMMANDS = 10_000;
const REPLAY = `replay: AEROLITH_SEED=${SEED} node --test core/engine/src/determinism.test.ts`;

type Run = {
  readonly hashes: string[];
  readonly states: Map<number, string>;
  readonly outcomes: Outcome[];
  readonly content: string;
};

/** Blocks of 1 to `most` commands, the same for the same seed. */
function blocksOf(commands: readonly Command[], most: number): Command[][] {
  const random = new Random(SEED + most);
  const blocks: Command[][] = [];
  for (let start = 0; start < commands.length; ) {
    const length = 1 + random.below(most);
    blocks.push(commands.slice(start, start + length));
    start += length;
  }
  return blocks;
}

function play(
  blocks: readonly Command[][],
  options: StorageOptions,
  restartEvery: number,
  inspect?: (connection: ReaderConnection) => void,
): Run {
  const driver = new EngineDriver(options);
  const run = { hashes: [] as string[], states: new Map<number, string>(), outcomes: [] as Outcome[] };
  try {
    for (const [index, block] of blocks.entries()) {
      run.outcomes.push(...driver.block(block));
      run.hashes.push(driver.engine.head().hash);
      if (index % 20 === 19)
        run.states.set(
          index,
          driver.read((connection) => hashOf(stateLines(connection))),
        );
      if (index % restartEvery === restartEvery - 1) driver.reopen();
    }
    if (inspect !== undefined) driver.read(inspect);
    return { ...run, content: driver.read((connection) => hashOf(stateLines(connection, { versions: false }))) };
  } finally {
    driver.close();
  }
}

test(`the same blocks give the same state at every height, the same commands the same documents (${REPLAY})`, () => {
  const commands = randomCommands(SEED, COMMANDS);
  const blocks = blocksOf(commands, 120);
  const plain = play(blocks, {}, Number.MAX_SAFE_INTEGER, assertWhole);
  const restarted = play(blocks, { cacheBytes: 131_072 }, 9);
  assert.deepEqual(restarted.hashes, plain.hashes, REPLAY);
  assert.deepEqual(restarted.states, plain.states, REPLAY);
  assert.deepEqual(restarted.outcomes, plain.outcomes, REPLAY);
  const regrouped = play(blocksOf(commands, 500), {}, Number.MAX_SAFE_INTEGER);
  assert.equal(regrouped.content, plain.content, REPLAY);
  assert.deepEqual(regrouped.outcomes.map(codeOf), plain.outcomes.map(codeOf), REPLAY);
  assertVaried(plain.outcomes);
});

function codeOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.error.code;
}

/** The commands must have met enough of what can happen, or the test would show nothing. */
function assertVaried(outcomes: readonly Outcome[]): void {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(codeOf(outcome), (counts.get(codeOf(outcome)) ?? 0) + 1);
  const met = [
    'ok',
    'duplicate_id',
    'duplicate_key_value',
    'schema_violation',
    'transaction_conflict',
    'unknown_collection',
    'collection_exists',
  ];
  for (const code of met) assert.ok((counts.get(code) ?? 0) > 5, `${code}: ${counts.get(code) ?? 0} of ${outcomes.length}`);
  assert.ok(outcomes.filter((outcome) => outcome.ok && outcome.repeated === true).length > 50);
}

/** What the file holds agrees with itself: entries with documents, counters with rows, rows with the ledger, the ledger with its hashes. */
function assertWhole(connection: ReaderConnection): void {
  const ledger = new BlockCache(connection);
  for (const record of readCatalogue(connection).collections.values()) {
    const rows = connection
      .prepare<[number, number, string]>(`SELECT rid, version, json(doc) FROM documents_${record.table}`, 'raw')
      .all();
    assert.equal(readCounters(connection, record.table).documents, rows.length);
    for (const [, version, text] of rows) {
      assert.equal(ledger.postImage(version), text);
      assert.equal(toStored(parseDocument(text)), text);
    }
    for (const index of record.indexes) {
      const shape = indexShape(index);
      const expected = rows.flatMap(([rid, , text]) =>
        indexEntries(shape, parseDocument(text)).keys.map((key) => `${Buffer.from(key).toString('hex')} ${rid}`),
      );
      const entries = connection.prepare<string>(`SELECT lower(hex(key)) || ' ' || rid FROM index_${index.table}`, 'pluck').all();
      assert.deepEqual(entries.sort(), expected.sort());
    }
  }
  assertLedger(connection, ledger);
}

function assertLedger(connection: ReaderConnection, ledger: BlockCache): void {
  const height = connection.prepare<number>('SELECT max(height) FROM blocks', 'pluck').get() ?? 0;
  const documents = new Map<string, string>();
  for (let at = 1; at <= height; at++) {
    const block = ledger.block(at);
    assert.ok(block !== undefined);
    const { manifest } = block.body;
    const commands = manifest.commands.map((kept) => restoreCommand(kept, (index) => block.body.frame(index)));
    const root = merkleRoot(commands.map((command) => Buffer.from(encodeCommand(command))));
    assert.equal(Buffer.from(block.header).subarray(52, 84).toString('hex'), root, `commands of block ${at}`);
    for (const [index, [kind, place, id]] of manifest.changes.entries()) {
      const table = manifest.collections[place]![1];
      const frame = block.body.frame(index);
      if (changeKindOf(kind) === 'dropCollection')
        for (const key of documents.keys()) if (key.startsWith(`${table} `)) documents.delete(key);
      if (id === undefined) continue;
      if (frame === undefined) documents.delete(`${table} ${id}`);
      else documents.set(`${table} ${id}`, frame);
    }
  }
  assertReplayed(connection, documents);
}

/** The changes of the ledger, replayed from nothing, give the documents that are there. */
function assertReplayed(connection: ReaderConnection, documents: ReadonlyMap<string, string>): void {
  const lines: string[] = [];
  for (const record of readCatalogue(connection).collections.values()) {
    const texts = connection.prepare<string>(`SELECT json(doc) FROM documents_${record.table}`, 'pluck').all();
    for (const text of texts) lines.push(`${record.table} ${toStored(parseDocument(text).get('_id') ?? null)} ${text}`);
  }
  const replayed = [...documents].map(([key, text]) => `${key} ${text}`);
  assert.deepEqual(lines.sort(), replayed.sort());
}

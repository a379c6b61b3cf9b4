import assert from 'node:assert/strict';
import { type AerolithDatabase, BulkWriteError, type ChangeEvent, type Collection, type Fetch } from '@aerolithdb/client';
import { RestNode } from '../rest/rest-node.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { clientOf } from './open-site.ts';

const COUNTERS = 16;
const WRITERS = 32;

type Counter = { _id: number; n: number };
type Entry = { _id: number; text: string };

export type Cuts = { readonly writes: number; readonly seed: number; readonly fetch?: Fetch };

/** What came of it; `applied` counts what the database holds, `watched` the changes that a stream through the same proxy gave. */
export type Outcome = {
  readonly applied: number;
  readonly entries: number;
  readonly cuts: number;
  readonly watched: readonly ChangeEvent<Entry>[];
  /** Positions of all changes, read without the proxy. */
  readonly positions: readonly number[];
};

/**
 * Makes writes through a proxy that cuts connections: half of them inserts, half increments of counters, some of them in a bulk, which show each write
 * that is lost or applied twice. A change stream runs through the same proxy all the while.
 */
export async function writeThroughCuts({ writes, seed, fetch }: Cuts): Promise<Outcome> {
  await using node = await RestNode.start();
  await using proxy = await CuttingProxy.start({ port: node.port, seed, bytesMax: 24_000 });
  await using direct = clientOf(node);
  await using db = clientOf(node, { retryForMs: 60_000, ...(fetch !== undefined && { fetch }) }, proxy.url);
  await direct.createCollection('counters');
  await direct.createCollection('entries');
  await direct.collection<Counter>('counters').insertMany(Array.from({ length: COUNTERS }, (_, _id) => ({ _id, n: 0 })));
  const stream = db.collection<Entry>('entries').watch({ since: 0 });
  const watching = watchEntries(stream, writes / 2);
  await makeWrites(db, writes);
  const watched = await watching;
  const counters = await direct.collection<Counter>('counters').find().toArray();
  const entries = direct.collection<Entry>('entries');
  return {
    applied: counters.reduce((sum, { n }) => sum + n, 0),
    entries: await entries.count(),
    cuts: proxy.cuts,
    watched,
    positions: await positionsOf(node),
  };
}

async function makeWrites(db: AerolithDatabase, writes: number): Promise<void> {
  const counters = db.collection<Counter>('counters');
  const entries = db.collection<Entry>('entries');
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let n = next++; n < writes; n = next++) {
      if (n % 2 === 0) await entries.insertOne({ _id: n / 2, text: 'x'.repeat(n % 300) });
      else if (n % 8 === 1) await counters.updateOne({ _id: n % COUNTERS }, { $inc: { n: 1 } });
      else if (n % 8 === 5) await oneOfTwo(counters, n % COUNTERS);
      else assert.notEqual(await counters.findOneAndUpdate({ _id: n % COUNTERS }, { $inc: { n: 1 } }), null);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** A bulk of which one write is applied and the other refused; sent again it must be told the same, not find the refused one first. */
async function oneOfTwo(counters: Collection<Counter>, _id: number): Promise<void> {
  const writes = [{ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } }, { insertOne: { document: { _id, n: 0 } } }];
  const refused = (error: unknown) => error instanceof BulkWriteError && error.result.modifiedCount === 1;
  await assert.rejects(counters.bulkWrite(writes, { ordered: false }), refused);
}

async function watchEntries(stream: AsyncIterable<ChangeEvent<Entry>>, inserts: number): Promise<ChangeEvent<Entry>[]> {
  const watched: ChangeEvent<Entry>[] = [];
  for await (const change of stream) {
    watched.push(change);
    // The first is the making of the collection.
    if (watched.length === inserts + 1) break;
  }
  return watched;
}

async function positionsOf(node: RestNode): Promise<number[]> {
  const positions: number[] = [];
  for (let since = 0; ; ) {
    const { json } = await node.get(`/v1/collections/entries/changes?since=${since}&limit=1000`);
    if (json.changes.length === 0) return positions;
    positions.push(...json.changes.map((change: { position: number }) => change.position));
    since = json.position;
  }
}

/** None lost, none doubled; the stream without gap and without repeat; and enough was cut for that to mean something. */
export function assertExact(outcome: Outcome, writes: number, cutsMin: number): void {
  assert.ok(outcome.cuts >= cutsMin, `only ${outcome.cuts} connections were cut`);
  assert.equal(outcome.applied, writes / 2);
  assert.equal(outcome.entries, writes / 2);
  assert.deepEqual(
    outcome.watched.map(({ position }) => position),
    outcome.positions,
  );
  const ids = outcome.watched.flatMap((change) => ('id' in change ? [change.id] : []));
  assert.deepEqual(
    ids.sort((a, b) => a - b),
    Array.from({ length: writes / 2 }, (_, n) => n),
  );
}

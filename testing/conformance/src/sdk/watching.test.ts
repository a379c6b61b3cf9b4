import assert from 'node:assert/strict';
import type { ChangeEvent } from '@aerolithdb/client';
import { code, onEachSite } from './on-each-site.ts';

type Note = { _id: number; text: string };

async function take<T>(stream: AsyncIterable<ChangeEvent<T>>, count: number): Promise<ChangeEvent<T>[]> {
  const events: ChangeEvent<T>[] = [];
  for await (const event of stream) {
    events.push(event);
    if (events.length === count) break;
  }
  return events;
}

onEachSite('watching', {
  'changes come in order, with documents in plain JavaScript': async ({ db, name }) => {
    const notes = db.collection<Note & { at: Date }>(name);
    await notes.insertOne({ _id: 0, text: 'before', at: new Date(0) });
    await using stream = notes.watch();
    await stream.ready;
    await notes.insertMany([
      { _id: 1, text: 'a', at: new Date(1) },
      { _id: 2, text: 'b', at: new Date(2) },
    ]);
    await notes.updateOne({ _id: 1 }, { $set: { text: 'A' } });
    const { receipt } = await notes.replaceOne({ _id: 2 }, { text: 'B', at: new Date(3) });
    await notes.deleteOne({ _id: 1 });
    const events = await take(stream, 5);
    assert.deepEqual(
      events.map((event) => [event.kind, 'id' in event && event.id]),
      [
        ['insert', 1],
        ['insert', 2],
        ['update', 1],
        ['replace', 2],
        ['delete', 1],
      ],
    );
    const replaced = events[3]!;
    assert.ok(replaced.kind === 'replace');
    assert.deepEqual(replaced.document, { _id: 2, text: 'B', at: new Date(3) });
    assert.deepEqual(
      [replaced.position, replaced.height, replaced.time],
      [receipt.position, receipt.height, new Date(receipt.time)],
    );
    assert.ok(!('document' in events[4]!));
  },

  'a stream that was left goes on after its last change, in itself and in another': async ({ db, name }) => {
    const notes = db.collection<Note>(name);
    await using stream = notes.watch();
    await stream.ready;
    await notes.insertMany(Array.from({ length: 30 }, (_, _id) => ({ _id, text: '' })));
    const ids = (events: readonly ChangeEvent<Note>[]) => events.map((event) => 'id' in event && event.id);
    assert.deepEqual(
      ids(await take(stream, 10)),
      Array.from({ length: 10 }, (_, n) => n),
    );
    assert.deepEqual(
      ids(await take(stream, 10)),
      Array.from({ length: 10 }, (_, n) => n + 10),
    );
    await using other = notes.watch({ since: stream.position });
    assert.deepEqual(
      ids(await take(other, 10)),
      Array.from({ length: 10 }, (_, n) => n + 20),
    );
  },

  'all collections, with their making and dropping': async ({ db, name }) => {
    await using stream = db.watch();
    await stream.ready;
    const made = `${name}.made`;
    for (let round = 0; round < 2; round += 1) {
      await db.createCollection(made);
      await db.collection(made).insertOne({ _id: round });
      await db.collection(name).insertOne({ _id: round });
      await db.dropCollection(made);
    }
    const kinds = (await take(stream, 8)).map(({ kind, collection }) => `${kind} ${collection === made ? 'made' : 'other'}`);
    const round = ['createCollection made', 'insert made', 'insert other', 'dropCollection made'];
    assert.deepEqual(kinds, [...round, ...round]);
  },

  'a stream waits, and ends by close, by a signal, and with the reader': async ({ db, name }) => {
    const notes = db.collection<Note>(name);
    const stream = notes.watch();
    const waiting = take(stream, 1);
    await stream.close();
    assert.deepEqual(await waiting, []);
    const controller = new AbortController();
    const signalled = notes.watch({ signal: controller.signal });
    await signalled.ready;
    const ended = take(signalled, 5);
    await notes.insertOne({ _id: 1, text: '' });
    setTimeout(() => controller.abort(), 100);
    assert.equal((await ended).length, 1);
    assert.deepEqual(await take(signalled, 1), []);
  },

  'what cannot be watched is refused': async ({ db }) => {
    await assert.rejects(take(db.collection('nowhere').watch(), 1), code('unknown_collection'));
    await assert.rejects(take(db.watch({ since: 99_999_999_999 }), 1), code('invalid_position'));
  },
});

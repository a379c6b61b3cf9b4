import assert from 'node:assert/strict';
import { code, onEachSite } from './on-each-site.ts';

type City = { _id: string; name: string; population: number };

const OSLO: City = { _id: 'oslo', name: 'Oslo', population: 709_037 };

onEachSite('the ledger', {
  'the history of a document is all of its versions, the newest first': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    const begun = Date.now() - 1000;
    const made = await cities.insertOne(OSLO);
    const grown = await cities.updateOne({ _id: 'oslo' }, { $inc: { population: 1 } });
    const gone = await cities.deleteOne({ _id: 'oslo' });
    const history = await cities.history('oslo');
    assert.deepEqual(
      history.map(({ kind, version, height }) => [kind, version, height]),
      [
        ['delete', gone.receipt.version, gone.receipt.height],
        ['update', grown.receipt.version, grown.receipt.height],
        ['insert', made.receipt.version, made.receipt.height],
      ],
    );
    const [last, before, first] = history;
    assert.ok(last?.kind === 'delete' && !('document' in last));
    assert.deepEqual(before?.kind === 'update' && before.document, { ...OSLO, population: 709_038 });
    assert.deepEqual(first?.kind === 'insert' && first.document, OSLO);
    assert.ok(first !== undefined && first.time.getTime() >= begun);
    assert.equal((await cities.history('oslo', { limit: 2 })).length, 2);
    assert.deepEqual(await cities.history('nowhere'), []);
    await assert.rejects(db.collection('nowhere').history('x'), code('unknown_collection'));
  },

  'changes come in pages, of one collection or of all': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    const { position: since } = await cities.changes({ limit: 1000 });
    await cities.insertMany([OSLO, { ...OSLO, _id: 'b' }, { ...OSLO, _id: 'c' }]);
    await cities.deleteOne({ _id: 'b' });
    const first = await cities.changes({ since, limit: 3 });
    assert.deepEqual(
      first.changes.map((change) => 'id' in change && [change.kind, change.id]),
      [
        ['insert', 'oslo'],
        ['insert', 'b'],
        ['insert', 'c'],
      ],
    );
    const rest = await cities.changes({ since: first.position });
    assert.deepEqual(
      rest.changes.map(({ kind, collection }) => [kind, collection]),
      [['delete', name]],
    );
    assert.deepEqual(await cities.changes({ since: rest.position }), { changes: [], position: rest.position });
    const all = await db.changes({ since });
    assert.deepEqual(all.changes, [...first.changes, ...rest.changes]);
    await assert.rejects(
      cities.changes({ since: -1 }),
      (error) => code('invalid_position')(error) || code('invalid_request')(error),
    );
  },

  'a block tells who asked for what, and links to the one before': async ({ db, name }) => {
    const { receipt } = await db.collection<City>(name).insertOne(OSLO);
    const block = await db.block(receipt.height);
    assert.equal(block.height, receipt.height);
    assert.equal(block.time.getTime(), receipt.time);
    assert.equal(block.changes, 1);
    assert.deepEqual(
      block.commands.map(({ id, type, collection, outcome }) => ({ id, type, collection, outcome })),
      [{ id: receipt.commandId, type: 'insert', collection: name, outcome: 'ok' }],
    );
    assert.equal(block.previousHash, (await db.block(receipt.height - 1)).hash);
    await assert.rejects(db.block(receipt.height + 1000), code('unknown_block'));
  },

  'a version that was read guards a change, also when a filter found the document': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertMany([OSLO, { _id: 'bergen', name: 'Bergen', population: 291_940 }]);
    const found = await cities.findOneVersioned({ population: { $gt: 1 } }, { sort: { population: 1 } });
    assert.equal(found?.document.name, 'Bergen');
    assert.deepEqual(found, await cities.getVersioned('bergen'));
    assert.equal(await cities.findOneVersioned({ name: 'Nowhere' }), null);
    const change = { $inc: { population: 1 } };
    await cities.updateOne({ _id: 'bergen' }, change, { ifVersion: found!.version });
    await assert.rejects(cities.updateOne({ _id: 'bergen' }, change, { ifVersion: found!.version }), code('version_conflict'));
  },
});

import assert from 'node:assert/strict';
import type { AerolithDatabase, Collection } from '@aerolithdb/client';
import { code, onEachSite } from './on-each-site.ts';

type Account = { _id: string; balance: number };

async function accountsOf(db: AerolithDatabase, name: string): Promise<Collection<Account>> {
  const accounts = db.collection<Account>(name);
  await accounts.insertMany(['a', 'b', 'c'].map((_id) => ({ _id, balance: 100 })));
  return accounts;
}

async function transfer(db: AerolithDatabase, accounts: Collection<Account>, from: string, to: string, amount: number) {
  return db.transaction(async (tx) => {
    const inside = tx.collection(accounts);
    const [payer, payee] = [await inside.get(from), await inside.get(to)];
    if (payer === null || payee === null || payer.balance < amount) return false;
    await inside.updateOne({ _id: from }, { $set: { balance: payer.balance - amount } });
    await inside.updateOne({ _id: to }, { $set: { balance: payee.balance + amount } });
    return true;
  });
}

onEachSite('transactions', {
  'all or nothing': async ({ db, name }) => {
    const accounts = await accountsOf(db, name);
    assert.equal(await transfer(db, accounts, 'a', 'b', 30), true);
    assert.deepEqual(await accounts.find().toArray(), [
      { _id: 'a', balance: 70 },
      { _id: 'b', balance: 130 },
      { _id: 'c', balance: 100 },
    ]);
    const failing = db.transaction(async (tx) => {
      const inside = tx.collection(accounts);
      await inside.updateMany({}, { $set: { balance: 0 } });
      await inside.insertOne({ _id: 'a', balance: 1 });
    });
    await assert.rejects(failing, code('transaction_conflict'));
    assert.equal((await accounts.get('c'))?.balance, 100);
    const thrown = db.transaction(async (tx) => {
      await tx.collection(accounts).deleteMany({});
      throw new RangeError('no');
    });
    await assert.rejects(thrown, RangeError);
    assert.equal(await accounts.count(), 3);
  },

  'many at once lose nothing': async ({ db, name }) => {
    const accounts = await accountsOf(db, name);
    const names = ['a', 'b', 'c'];
    const moved = await Promise.all(
      Array.from({ length: 40 }, (_, n) => transfer(db, accounts, names[n % 3]!, names[(n + 1 + (n % 2)) % 3]!, 1 + (n % 5))),
    );
    assert.ok(moved.every((done) => done));
    const balances = (await accounts.find().toArray()).map(({ balance }) => balance);
    assert.equal(
      balances.reduce((sum, balance) => sum + balance, 0),
      300,
    );
    const counter = db.collection<{ _id: string; n: number }>(name);
    const count = () =>
      db.transaction(async (tx) => {
        const n = (await tx.collection(counter).get('n'))?.n ?? 0;
        await tx.collection(counter).replaceOne('n', { n: n + 1 }, { upsert: true });
      });
    await Promise.all(Array.from({ length: 20 }, count));
    assert.equal((await counter.get('n'))?.n, 20);
  },

  'every kind of write, in the order of the calls': async ({ db, name }) => {
    const accounts = await accountsOf(db, name);
    const made = await db.transaction(async (tx) => {
      const inside = tx.collection(accounts);
      const ids = await inside.insertMany([
        { _id: 'd', balance: 1 },
        { _id: 'e', balance: 2 },
      ]);
      await inside.replaceOne('a', { balance: 7 });
      await inside.updateMany({ balance: { $lt: 3 } }, { $inc: { balance: 10 } });
      await inside.deleteOne({ _id: 'b' });
      await inside.deleteMany({ balance: 100 });
      const note = await tx.collection<{ text: string }>(name).insertOne({ text: 'x' });
      return [...ids, note];
    });
    assert.deepEqual(made.slice(0, 2), ['d', 'e']);
    assert.deepEqual(await db.collection(name).find().toArray(), [
      { _id: 'a', balance: 7 },
      { _id: 'd', balance: 11 },
      { _id: 'e', balance: 12 },
      { _id: made[2], text: 'x' },
    ]);
  },

  'a read after a write that it would not see is refused': async ({ db, name }) => {
    const accounts = await accountsOf(db, name);
    const own = db.transaction(async (tx) => {
      await tx.collection(accounts).updateOne({ _id: 'a' }, { $inc: { balance: 1 } });
      return tx.collection(accounts).get('a');
    });
    await assert.rejects(own, code('invalid_request'));
    const any = db.transaction(async (tx) => {
      await tx.collection(accounts).updateMany({}, { $inc: { balance: 1 } });
      return tx.collection(accounts).get('c');
    });
    await assert.rejects(any, code('invalid_request'));
    const other = await db.transaction(async (tx) => {
      await tx.collection(accounts).updateOne({ _id: 'a' }, { $inc: { balance: 1 } });
      return tx.collection(accounts).get('b');
    });
    assert.equal(other?.balance, 100);
  },

  'absence is a read too; attempts and time are limited': async ({ db, name }) => {
    const accounts = await accountsOf(db, name);
    let runs = 0;
    const claim = db.transaction(async (tx) => {
      runs += 1;
      const there = await tx.collection(accounts).get('new');
      if (runs === 1) await accounts.insertOne({ _id: 'new', balance: 5 });
      await tx.collection(accounts).replaceOne('new', { balance: (there?.balance ?? 0) + 1 }, { upsert: true });
    });
    await claim;
    assert.deepEqual([runs, (await accounts.get('new'))?.balance], [2, 6]);
    const hopeless = (limits: { attempts?: number; timeoutMs?: number }) =>
      db.transaction(async (tx) => {
        const there = await tx.collection(accounts).get('a');
        await accounts.updateOne({ _id: 'a' }, { $inc: { balance: 1 } });
        await tx.collection(accounts).replaceOne('a', { balance: there!.balance });
      }, limits);
    await assert.rejects(hopeless({ attempts: 3 }), code('transaction_conflict'));
    await assert.rejects(hopeless({ timeoutMs: 300, attempts: 1e9 }), code('timeout'));
    assert.equal(await db.transaction(async () => 5), 5);
  },
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '@aerolithdb/protocol';
import { readCatalogue } from '../catalogue.ts';
import { EngineDriver } from '../testing/engine-driver.ts';
import type { CollectionStatistics } from './collection-statistics.ts';
import { estimateDistinct } from './estimate-distinct.ts';
import { IndexSample } from './index-sample.ts';

const SETUP: readonly Operation[] = [
  { type: 'createCollection', collection: 'c', options: {} },
  { type: 'createIndex', collection: 'c', index: { name: 'n_1', keys: [['n', 1]] } },
  { type: 'createIndex', collection: 'c', index: { name: 'tags_1', keys: [['tags', 1]] } },
];

function insertion(from: number, count: number): Operation {
  const document = (id: number) => `{"_id":${id},"n":${id % 100},"tags":["t${id % 7}","u${id % 11}"]}`;
  return { type: 'insert', collection: 'c', documents: Array.from({ length: count }, (_, i) => document(from + i)) };
}

function statisticsOf(driver: EngineDriver): CollectionStatistics | undefined {
  return driver.read((connection) => [...readCatalogue(connection).samples.values()][0]?.statistics);
}

const WORK: readonly Operation[] = [
  ...Array.from({ length: 6 }, (_, i) => insertion(1000 * i, 1000)),
  { type: 'update', collection: 'c', filter: '{"n":{"$gte":40}}', update: '{"$inc":{"n":-50}}', multi: true },
  { type: 'update', collection: 'c', filter: '{"n":{"$lt":60}}', update: '{"$set":{"n":-1}}', multi: true },
  { type: 'delete', collection: 'c', filter: '{"n":{"$gte":60}}', multi: true },
];

function play(restartEach: boolean): { readonly all: readonly (CollectionStatistics | undefined)[] } {
  const driver = new EngineDriver();
  try {
    driver.run(...SETUP);
    const all = WORK.map((operation) => {
      driver.run(operation);
      const before = statisticsOf(driver);
      if (restartEach) driver.reopen();
      assert.deepEqual(statisticsOf(driver), before);
      return before;
    });
    return { all };
  } finally {
    driver.close();
  }
}

test('statistics are the same after a restart and after the same blocks again', () => {
  const { all } = play(false);
  assert.deepEqual(play(true).all, all);
  // Taken of the first batch, and when as many changes had come as are worth a sample.
  assert.deepEqual(
    all.map((statistics) => statistics?.documents),
    [1000, 1000, 1000, 1000, 1000, 1000, 6000, 6000, 6000],
  );
});

test('a collection without indexes, or with few documents, has none', () => {
  const driver = new EngineDriver();
  try {
    driver.run(SETUP[0]!, insertion(0, 1000));
    assert.equal(statisticsOf(driver), undefined);
    driver.run(SETUP[1]!);
    assert.deepEqual(Object.keys(statisticsOf(driver)?.indexes ?? {}), ['0', '2']);
    driver.run({ type: 'dropCollection', collection: 'c' });
    assert.equal(statisticsOf(driver), undefined);
    driver.run(...SETUP, insertion(0, 999));
    assert.equal(statisticsOf(driver), undefined);
  } finally {
    driver.close();
  }
});

test('a refused command leaves no trace in what decides when they are taken', () => {
  const driver = new EngineDriver();
  try {
    driver.run(...SETUP, insertion(0, 1000));
    const change: Operation = { type: 'update', collection: 'c', filter: '{}', update: '{"$set":{"n":5}}', multi: true };
    const refused: Operation = {
      type: 'transaction',
      operations: [change, { type: 'insert', collection: 'c', documents: ['{"_id":1}'] }],
    } as Operation;
    const before = statisticsOf(driver);
    assert.deepEqual(
      driver.run(refused).map(({ ok }) => ok),
      [false],
    );
    assert.deepEqual(statisticsOf(driver), before);
  } finally {
    driver.close();
  }
});

test('the number of different values is estimated from how often sampled ones occur', () => {
  assert.equal(estimateDistinct([1, 2, 3], 6), 3);
  assert.equal(estimateDistinct([100, 100, 100], 10_000), 3);
  assert.equal(estimateDistinct(Array(500).fill(1), 100_000), 100_000);
});

test('sampled entries are counted by intervals, and the documents that have them', () => {
  const sample = new IndexSample({ entries: 4, distinct: 3, keys: ['0a 0b', '', '0a', '0c'] });
  const interval = (low: number, high: number) => ({ low: Uint8Array.of(low), high: Uint8Array.of(high) });
  assert.equal(sample.entries([interval(0x0a, 0x0b)]), 2);
  assert.equal(sample.entries([interval(0, 0x0a), interval(0x0b, 0xff)]), 2);
  assert.deepEqual([...sample.documents([interval(0x0b, 0x0d)])], [0, 3]);
  assert.equal(new IndexSample({ entries: 8, distinct: 3, keys: ['0a 0b', '', '0a', '0c'] }).entries([interval(0, 0xff)]), 8);
});

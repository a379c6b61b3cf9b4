import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Profile, profileRows } from './profile.ts';

function profileOf(now: number, reads: number): Profile {
  const last = { plan: 'country_1', rowsRead: 1200, rowsReturned: 20 };
  const find = { kind: 'find', collection: 'cities', filter: '{"country":"?"}', sort: '{"name":1}', fingerprint: 'a', last };
  const count = { kind: 'count', collection: 'cities', fingerprint: 'b', last: {} };
  return {
    since: 0,
    now,
    shapes: [
      { ...find, reads, totalMs: reads * 3, longestMs: 41.26 },
      { ...count, reads: 10, totalMs: reads, longestMs: 2 },
    ],
  };
}

test('a row a shape, with its share of the time and its rate since the state before', () => {
  const [find, count] = profileRows(profileOf(4000, 3000), profileOf(2000, 2000));
  assert.deepEqual(find, [
    '75%',
    '3,000',
    '500.0',
    '3.00',
    '41.3',
    '1,200',
    '20',
    'country_1',
    'find cities {"country":"?"} sort {"name":1}',
  ]);
  assert.deepEqual(count?.slice(1, 4), ['10', '0.0', '300.00']);
  assert.equal(profileRows(profileOf(4000, 3000), undefined)[0]?.[2], '750.0');
});

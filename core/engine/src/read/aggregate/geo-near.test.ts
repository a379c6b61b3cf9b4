import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScratchDatabase } from '../scratch-database.ts';

/** A place a degree of latitude after the other, which is 111.3 km: on the equator, going north from Null Island. */
function filled(indexes: readonly string[] = ['at']): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  for (const field of indexes)
    database.run([{ type: 'createIndex', collection: 'c', index: { name: field, keys: [[field, '2dsphere']] } }]);
  const documents = Array.from({ length: 20 }, (_, i) => {
    const lat = (i * 7) % 20;
    return `{"_id":${lat},"even":${lat % 2 === 0},"at":{"type":"Point","coordinates":[0,${lat}]},"other":[0,${-lat}]}`;
  });
  database.run([{ type: 'insert', collection: 'c', documents }]);
  return database;
}

function run(database: ScratchDatabase, pipeline: unknown, at?: number): unknown[] {
  const request = { kind: 'aggregate', collection: 'c', pipeline: JSON.stringify(pipeline) } as const;
  return JSON.parse(database.read(at === undefined ? request : { ...request, at: { height: at } }).text!) as unknown[];
}

const POINT = { type: 'Point', coordinates: [0, 0.2] };
const ROUNDED = { $project: { km: { $round: [{ $divide: ['$far', 1000] }, 0] } } };

test('$geoNear gives the nearest first, with their distance and place', () => {
  using database = filled();
  const stage = { $geoNear: { near: POINT, distanceField: 'far', includeLocs: 'hit.at', query: { even: true } } };
  const expected = [
    { _id: 0, km: 22 },
    { _id: 2, km: 200 },
    { _id: 4, km: 423 },
  ];
  assert.deepEqual(run(database, [stage, { $limit: 3 }, ROUNDED]), expected);
  const { height } = database.engine.head();
  assert.deepEqual(run(database, [stage, { $limit: 3 }, ROUNDED], height), expected, 'of a past state');
  const [first] = run(database, [stage, { $skip: 1 }, { $limit: 1 }]) as { hit: unknown; at: unknown }[];
  assert.deepEqual(first!.hit, { at: first!.at });
  assert.deepEqual(run(database, [stage, { $match: { far: { $gt: 423_000 } } }, { $limit: 1 }, ROUNDED]), [{ _id: 4, km: 423 }]);
  assert.deepEqual(run(database, [stage, { $group: { _id: null, n: { $sum: 1 } } }]), [{ _id: null, n: 10 }]);
  assert.deepEqual(run(database, [stage, { $sort: { far: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }]), [{ _id: 18 }]);
});

test('bounds, multiplier, legacy points and $meta', () => {
  using database = filled();
  const bounded = {
    $geoNear: { near: POINT, minDistance: 90_000, maxDistance: 210_000, distanceField: 'far', distanceMultiplier: 0.001 },
  };
  assert.deepEqual(
    run(database, [bounded, { $project: { km: { $round: '$far' } } }]),
    [
      { _id: 1, km: 89 },
      { _id: 2, km: 200 },
    ].slice(1),
  );
  const legacy = { $geoNear: { near: [0, 0.2], spherical: true, maxDistance: 0.02 } };
  const shown = { $project: { angle: { $round: [{ $meta: 'geoNearDistance' }, 4] }, at: { $meta: 'geoNearPoint' } } };
  assert.deepEqual(run(database, [legacy, shown, { $project: { angle: 1 } }]), [
    { _id: 0, angle: 0.0035 },
    { _id: 1, angle: 0.014 },
  ]);
});

test('a $near of a find tells its distance', () => {
  using database = filled();
  const filter = JSON.stringify({ at: { $near: { $geometry: POINT, $maxDistance: 100_000 } } });
  const find = (projection: string, more: object = {}) =>
    database.read({ kind: 'find', collection: 'c', filter, projection, ...more }).text;
  assert.equal(find('{"_id":1,"m":{"$floor":{"$meta":"geoNearDistance"}}}'), '[{"_id":0,"m":22263.0},{"_id":1,"m":89055.0}]');
  assert.throws(() => find('{"m":{"$meta":"geoNearDistance"}}', { filter: '{}' }), { code: 'invalid_expression' });
  const { height } = database.engine.head();
  const far = JSON.stringify({ at: { $near: { type: 'Point', coordinates: [0, 11.2] } } });
  for (const state of [{}, { at: { height } }])
    assert.equal(find('{"_id":1}', { ...state, filter: far, limit: 4 }), '[{"_id":11},{"_id":12},{"_id":10},{"_id":13}]');
});

test('where the places are', () => {
  using two = filled(['at', 'other']);
  const stage = { near: POINT, distanceField: 'far' };
  assert.throws(() => run(two, [{ $geoNear: stage }]), /say which one \$geoNear is to use: \{"key": "at"\}/);
  assert.deepEqual(run(two, [{ $geoNear: { ...stage, key: 'other' } }, { $limit: 2 }, ROUNDED]), [
    { _id: 0, km: 22 },
    { _id: 1, km: 134 },
  ]);
  assert.throws(() => run(two, [{ $geoNear: { ...stage, key: 'none' } }]), /Make one: \{"keys": \{"none": "2dsphere"\}\}/);
  using none = filled([]);
  assert.throws(() => run(none, [{ $geoNear: stage }]), /needs an index of places/);
});

test('where $geoNear may stand, and what it takes', () => {
  using database = filled();
  const refused = (pipeline: unknown) => {
    assert.throws(() => run(database, pipeline), { code: 'invalid_pipeline' }, JSON.stringify(pipeline));
  };
  refused([{ $limit: 1 }, { $geoNear: { near: POINT } }]);
  refused([{ $facet: { a: [{ $geoNear: { near: POINT } }] } }]);
  refused([{ $geoNear: { distanceField: 'far' } }]);
  refused([{ $geoNear: { near: POINT, limit: 5 } }]);
  refused([{ $geoNear: { near: POINT, distanceMultiplier: 'x' } }]);
  assert.throws(() => run(database, [{ $match: { at: { $near: [0, 0] } } }]), /\$geoNear/);
  assert.throws(() => run(database, [{ $geoNear: { near: POINT, query: { at: { $near: [0, 0] } } } }]), {
    code: 'invalid_filter',
  });
});

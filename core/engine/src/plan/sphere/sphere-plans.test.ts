import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { matches, nearestAt, nearOf, parseFilter, seededRandom } from '@aerolithdb/query';
import { ScratchDatabase } from '../../read/scratch-database.ts';

const random = seededRandom(5);
const between = (low: number, high: number) => low + (high - low) * random();
const position = () => [between(-180, 180), (Math.asin(between(-1, 1)) * 180) / Math.PI];
const beside = ([lng, lat]: number[], by: number) => [
  ((lng! + between(-by, by) + 540) % 360) - 180,
  Math.max(-90, Math.min(90, lat! + between(-by, by))),
];

function square([lng, lat]: number[], by: number): number[][] {
  const wrap = (x: number) => ((x + 540) % 360) - 180;
  const [low, high] = [Math.max(-89, lat! - by), Math.min(89, lat! + by)];
  const [west, east] = [wrap(lng! - by), wrap(lng! + by)];
  return [
    [west, low],
    [east, low],
    [east, high],
    [west, high],
    [west, low],
  ];
}

/** A third of all crowd around a few towns, others lie anywhere. */
function place(i: number): unknown {
  const towns = [
    [10, 50],
    [179.99, -17],
    [20, 89.9],
  ];
  const at = i % 3 === 0 ? beside(towns[i % towns.length]!, 0.05) : position();
  switch (i % 12) {
    case 1:
      return at;
    case 2:
      return { lng: at[0], lat: at[1] };
    case 4:
      return { type: 'LineString', coordinates: [at, beside(at, 3)] };
    case 5:
      return { type: 'Polygon', coordinates: [square(at, 2)] };
    case 7:
      return [at, beside(at, 5), position()];
    case 8:
      return { type: 'MultiPoint', coordinates: [at, beside(at, 10)] };
    case 10:
      return null;
    default:
      return { type: 'Point', coordinates: at };
  }
}

const documents = Array.from({ length: 600 }, (_, i) => JSON.stringify({ _id: i, group: i % 5, at: { place: place(i) } }));

function filled(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  const half = documents.length / 2;
  database.run([{ type: 'insert', collection: 'c', documents: documents.slice(0, half) }]);
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'places', keys: [['at.place', '2dsphere']] } }]);
  database.run([{ type: 'insert', collection: 'c', documents: documents.slice(half) }]);
  return database;
}

function regions(): string[] {
  const centres = [[10, 50], [179.99, -17], [20, 89.9], [0, -89.99], ...Array.from({ length: 12 }, position)];
  return centres.flatMap((centre, i) => {
    const size = [0.03, 5, 25][i % 3]!;
    const polygon = { type: 'Polygon', coordinates: [square(centre, size)] };
    const line = { type: 'LineString', coordinates: [centre, beside(centre, size)] };
    return [
      { $geoWithin: { $geometry: polygon } },
      { $geoIntersects: { $geometry: polygon } },
      { $geoIntersects: { $geometry: line } },
      { $geoWithin: { $centerSphere: [centre, (size * Math.PI) / 180] } },
    ].map((condition) => JSON.stringify({ 'at.place': condition }));
  });
}

function ids(database: ScratchDatabase, request: { filter: string; hint?: string; limit?: number; sort?: string }): number[] {
  const { text } = database.read({ kind: 'find', collection: 'c', projection: '{"_id":1}', ...request });
  return (JSON.parse(text!) as { _id: number }[]).map(({ _id }) => _id);
}

test('regions by the index are what the reference selects', () => {
  using database = filled();
  let found = 0;
  for (const filter of regions()) {
    const parsed = parseFilter(parseDocument(filter));
    const expected = documents.map((text, id) => (matches(parsed, parseDocument(text)) ? id : -1)).filter((id) => id !== -1);
    assert.deepEqual(ids(database, { filter, hint: 'places' }), expected, filter);
    assert.deepEqual(ids(database, { filter, hint: '$natural' }), expected, filter);
    assert.equal(database.read({ kind: 'count', collection: 'c', filter, hint: 'places' }).count, expected.length, filter);
    found += expected.length;
  }
  assert.ok(found > 400, String(found));
});

test('the nearest come first, as of all distances sorted', () => {
  using database = filled();
  for (const centre of [[10, 50], [179.99, -17], [20, 89.9], [-179.999, -17.01], position(), position()])
    for (const bounds of [{}, { $maxDistance: 5000 }, { $minDistance: 3000, $maxDistance: 900_000 }, { $minDistance: 1e7 }]) {
      const condition = { $near: { $geometry: { type: 'Point', coordinates: centre }, ...bounds } };
      const filter = JSON.stringify({ 'at.place': condition });
      const { near, path } = nearOf(parseFilter(parseDocument(filter), { ordering: true }))!;
      const expected = documents
        .map((text, id) => ({ id, distance: nearestAt(parseDocument(text), path, near)?.distance }))
        .filter((row): row is { id: number; distance: number } => row.distance !== undefined)
        .sort((a, b) => a.distance - b.distance || a.id - b.id)
        .map(({ id }) => id);
      assert.deepEqual(ids(database, { filter }), expected, filter);
      assert.deepEqual(ids(database, { filter, limit: 10 }), expected.slice(0, 10));
      const grouped = JSON.stringify({ group: 3, 'at.place': condition });
      assert.deepEqual(ids(database, { filter: grouped, limit: 7 }), expected.filter((id) => id % 5 === 3).slice(0, 7));
      assert.equal(database.read({ kind: 'count', collection: 'c', filter }).count, expected.length);
      assert.deepEqual(ids(database, { filter, sort: '{"_id":-1}', limit: 5 }), expected.toSorted((a, b) => b - a).slice(0, 5));
    }
});

test('the index follows updates and deletes', () => {
  using database = filled();
  const polygon = JSON.stringify({ type: 'Polygon', coordinates: [square([10, 50], 1)] });
  const filter = `{"at.place":{"$geoWithin":{"$geometry":${polygon}}}}`;
  const moved = (to: string) =>
    database.run([{ type: 'update', collection: 'c', filter: '{}', update: `{"$set":{"at":{"place":${to}}}}`, multi: true }]);
  moved('[10.5,50.5]');
  assert.equal(ids(database, { filter, hint: 'places' }).length, documents.length);
  moved('[[10.5,50.5],[100,0],{"type":"Point","coordinates":[9.5,50]}]');
  assert.equal(ids(database, { filter, hint: 'places' }).length, documents.length);
  moved('[[100,0],[101,0]]');
  assert.equal(ids(database, { filter, hint: 'places' }).length, 0);
  moved('[10,50]');
  database.run([{ type: 'delete', collection: 'c', filter: '{"_id":{"$gte":3}}', multi: true }]);
  assert.deepEqual(ids(database, { filter, hint: 'places' }), [0, 1, 2]);
  database.run([{ type: 'dropIndex', collection: 'c', index: 'places' }]);
  assert.throws(
    () => ids(database, { filter: '{"at.place":{"$near":[1,2]}}' }),
    /Make one: \{"keys": \{"at.place": "2dsphere"\}\}/,
  );
  assert.deepEqual(ids(database, { filter }), [0, 1, 2]);
});

test('pages of a $near go on where the last one ended', () => {
  using database = filled();
  const request = {
    kind: 'find',
    collection: 'c',
    filter: '{"at.place":{"$nearSphere":[10,50]}}',
    projection: '{"_id":1}',
  } as const;
  const all = JSON.parse(database.read(request).text!) as unknown[];
  const paged: unknown[] = [];
  let cursor: string | undefined;
  do {
    const answer = database.read({ ...request, batchSize: 37, ...(cursor === undefined ? {} : { cursor }) });
    paged.push(...(JSON.parse(answer.text!) as unknown[]));
    cursor = answer.cursor;
  } while (cursor !== undefined);
  assert.deepEqual(paged.slice(0, all.length), all);
});

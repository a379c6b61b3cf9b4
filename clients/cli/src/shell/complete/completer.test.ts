import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AerolithClient, type AerolithDatabase, type Transport } from '@aerolithdb/client';
import { shellDatabase } from '../database-proxy.ts';
import { DOT_COMMANDS } from '../dot/commands.ts';
import { openFolder } from '../open-folder.ts';
import { Completer } from './completer.ts';
import { DataNames } from './data-names.ts';

let database: AerolithDatabase;
let completer: Completer;

before(async () => {
  let transport: Transport | undefined;
  const around = (inner: Transport) => {
    transport = inner;
    return inner;
  };
  database = await openFolder(':memory:', { around });
  for (const name of ['cities', 'odd-name', 'countries']) await database.createCollection(name);
  await database.collection('cities').insertMany([
    { _id: 1, name: 'Oslo', population: 709_037, at: { lat: 59.9, lon: 10.7 }, marks: [{ by: 'x', stars: 1 }] },
    { _id: 2, name: 'Ur', 'old name': 'Urim' },
  ]);
  assert.ok(transport !== undefined);
  const db = shellDatabase(database);
  const scope = { db, cities: db.collection('cities'), count: 1, settings: { verbose: true, level: 2 } };
  completer = new Completer({ names: new DataNames(transport), scope, commands: DOT_COMMANDS });
});

after(() => database.close());

/** What is typed, and what Tab shows: the names among others where the list ends with `…`. */
const CASES: Readonly<Record<string, string>> = {
  'db.ci': 'cities',
  'db.co': 'countries collection collections',
  "db.collection('od": "'odd-name'",
  'db.cities.findO': 'findOne findOneAndDelete findOneAndReplace findOneAndUpdate findOneVersioned',
  'cities.findO': 'findOne findOneAndDelete findOneAndReplace findOneAndUpdate findOneVersioned',
  'db.cities.find({}).so': 'sort',
  "db.collection('cities').find().limit(5).sk": 'skip',
  'db.cities.find({po': 'population',
  'db.cities.find({name: "x", po': 'population',
  "db.collection('cities').find({po": 'population',
  'const found = db.cities.find({po': 'population',
  'db.cities.find({population: {$g': '$geoIntersects $geoWithin $gt $gte',
  'db.cities.find({population: {$not: {$g': '$geoIntersects $geoWithin $gt $gte',
  'db.cities.find({$o': '$or',
  'db.cities.find({$or: [{po': 'population',
  'db.cities.find({$or: [{name: "x"}, {population: {$l': '$lt $lte',
  "db.cities.find({'at.l": "'at.lat' 'at.lon'",
  'db.cities.find({"at.l': '"at.lat" "at.lon"',
  'db.cities.find({at': "at 'at.lat' 'at.lon'",
  'db.cities.find({ol': "'old name'",
  'db.cities.find({marks: {$elemMatch: {st': 'stars',
  'db.cities.find({marks: {$elemMatch: {stars: {$g': '$geoIntersects $geoWithin $gt $gte',
  'db.cities.find({}, {pr': 'projection',
  'db.cities.find({}, {sort: {po': 'population',
  'db.cities.find({}).sort({po': 'population',
  'db.cities.find({\n  name: "x",\n  po': 'population',
  'db.cities.updateOne({_id: 1}, {$se': '$set $setOnInsert',
  'db.cities.updateOne({_id: 1}, {$set: {po': 'population',
  'db.cities.updateOne({_id: 1}, {$push: {marks: {$e': '$each',
  'db.cities.updateOne({_id: 1}, {$set: {a: 1}}, {up': 'upsert',
  'db.cities.aggregate([{$ma': '$match',
  'db.cities.aggregate([{$match: {population: {$g': '$geoIntersects $geoWithin $gt $gte',
  'db.cities.aggregate([{$group: {_': '_id',
  'db.cities.aggregate([{$group: {_id: "$country", n: {$su': '$sum',
  "db.cities.distinct('po": "'population'",
  'db.cities.find({population: 1}).toArray().': '',
  'db.cities.find({name: {$gt: po': '',
  'settings.v': 'verbose',
  Objec: 'Object ObjectId',
  cou: 'count',
  '.sch': '.schema',
  '.schema ci': 'cities',
  '.mode ': 'table wide json',
  '.explain db.cities.find({po': 'population',
  '.import people.json c': 'cities countries',
  'if (true) { db.ci': 'cities',
  'f({na': '',
  '': '',
};

for (const [typed, expected] of Object.entries(CASES)) {
  test(`Tab after ${typed || 'nothing'}`, async () => {
    const [completions] = await completer.complete(typed);
    assert.equal([...completions].sort().join(' '), expected.split(' ').sort().join(' ').trim());
  });
}

test('what cannot be learned completes nothing', async () => {
  let lost: Transport | undefined;
  const around = (inner: Transport) => {
    lost = inner;
    return inner;
  };
  await using gone = new AerolithClient('http://127.0.0.1:1', { around, retryForMs: 0 });
  assert.ok(lost !== undefined, String(gone));
  const names = new DataNames(lost);
  assert.deepEqual([await names.collections(), await names.fields('cities')], [[], []]);
});

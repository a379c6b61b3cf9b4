import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, parseDocument, parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { featuresOf } from './features.ts';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts';
import type { Oracle } from './oracle.ts';
import { FerretDb } from './oracles/ferretdb.ts';
import { Mingo } from './oracles/mingo.ts';
import { Reference } from './oracles/reference.ts';
import type { Answer, Request } from './request.ts';

const FOREIGN = parseValue('[{"_id":0},{"_id":1}]') as Document[];
const identity = (value: Value): Value => value;

async function holds(row: KnownDifference, oracle: Oracle): Promise<void> {
  const request = Object.fromEntries(parseDocument(row.request)) as unknown as Request;
  const documents = parseValue(row.documents) as Document[];
  const kept = oracle.kept?.bind(oracle) ?? identity;
  const reference = new Reference();
  for (const each of [reference, oracle]) await each.load(documents, FOREIGN);
  assert.equal(text(await reference.answer(request), kept), row.ours, `ours: ${row.request}`);
  assert.equal(text(await oracle.answer(request), identity), row.theirs, `${row.oracle}: ${row.request}`);
  const features = featuresOf(request);
  for (const feature of row.features) assert.ok(features.has(feature), `${row.request} has no ${feature}`);
}

function text(answer: Answer, kept: (value: Value) => Value): string {
  return 'documents' in answer ? toStored(answer.documents.map(kept)) : JSON.stringify(answer);
}

test('mingo differs from MongoDB where the table says so', async () => {
  for (const row of KNOWN_DIFFERENCES.filter(({ oracle }) => oracle === 'mingo')) await holds(row, new Mingo());
});

test('FerretDB differs from MongoDB where the table says so', async (t) => {
  await using ferret = await FerretDb.start();
  if (ferret === undefined) return t.skip('FerretDB is not installed');
  for (const row of KNOWN_DIFFERENCES.filter(({ oracle }) => oracle === 'FerretDB')) await holds(row, ferret);
});

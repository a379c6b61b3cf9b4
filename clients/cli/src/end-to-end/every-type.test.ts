import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  type Document,
  documentHash,
  parseDocument,
  parseValue,
  toCanonical,
  toRelaxed,
  typeName,
  type Value,
} from '@aerolithdb/protocol';
import { CliNode } from './cli-node.ts';
import { randomDocuments } from './random-document.ts';

const SEED = Number(process.env.AEROLITH_SEED ?? Date.now() % 1_000_000);
const REPLAY = `replay: AEROLITH_SEED=${SEED} node --test clients/cli/src/end-to-end/every-type.test.ts`;
const COUNT = 1000;

/** The types, and the ways in which numbers of them are written. */
const TYPES = 'array binData bool date decimal double int long null object objectId regex string timestamp'.split(' ');

let node: CliNode;
before(async () => {
  node = await CliNode.start();
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

async function ok(...args: string[]): Promise<void> {
  const { code, stderr } = await node.run(args);
  assert.equal(code, 0, `${stderr}${REPLAY}`);
}

function typesIn(value: Value, found = new Set<string>()): Set<string> {
  found.add(typeName(value));
  if (Array.isArray(value)) for (const item of value) typesIn(item, found);
  else if (value instanceof Map) for (const item of value.values()) typesIn(item, found);
  return found;
}

function byId(documents: readonly Document[]): Map<unknown, Document> {
  return new Map(documents.map((document) => [document.get('_id'), document]));
}

function assertEqual(actual: readonly Document[], expected: readonly Document[], way: string): void {
  const found = byId(actual);
  assert.equal(found.size, expected.length, `${way}; ${REPLAY}`);
  for (const document of expected) {
    const other = found.get(document.get('_id'));
    assert.ok(other !== undefined, `${way}: ${toCanonical(document)}; ${REPLAY}`);
    assert.equal(toCanonical(other), toCanonical(document), `${way}; ${REPLAY}`);
    assert.equal(documentHash(other), documentHash(document), `${way}; ${REPLAY}`);
  }
}

test(`documents of every type come back from export and import as they were (${REPLAY})`, async () => {
  const documents = randomDocuments(SEED, COUNT);
  const types = new Set(documents.flatMap((document) => [...typesIn(document)]));
  assert.deepEqual([...types].sort(), TYPES);
  for (const [form, write] of [
    ['canonical', toCanonical],
    ['relaxed', toRelaxed],
  ] as const) {
    const [first, second, third] = ['first.ndjson', 'second.json', 'third.ndjson'].map((name) =>
      join(node.folder, `${form}-${name}`),
    ) as [string, string, string];
    await writeFile(first, documents.map((document) => `${write(document)}\n`).join(''));
    await ok('import', `${form}1`, first);
    await ok('export', `${form}1`, second);
    await ok('import', `${form}2`, second);
    await ok('export', `${form}2`, third);
    const array = parseValue(await readFile(second, 'utf8'));
    assert.ok(Array.isArray(array));
    assertEqual(
      array.filter((item): item is Document => item instanceof Map),
      documents,
      `${form}, one way`,
    );
    const lines = (await readFile(third, 'utf8')).trimEnd().split('\n');
    assertEqual(
      lines.map((line) => parseDocument(line)),
      documents,
      `${form}, there and back`,
    );
  }
});

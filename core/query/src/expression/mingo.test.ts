import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AerolithError,
  type Document,
  fromPlain,
  parseDocument,
  parseValue,
  toPlain,
  toStored,
  type Value,
} from '@aerolithdb/protocol';
import fc from 'fast-check';
import { aggregate } from 'mingo';
import { tableRows } from '../text-table.ts';
import { DIFFERENCES } from './mingo-differences.ts';
import { parseExpression } from './parse-expression.ts';
import { expression, root } from './random-expressions.ts';

/** The same expressions each time; another seed tries others. */
const SEED = 1;
const RUNS = 2000;

/** What mingo computes, in stored form; `refused` when it throws. */
function theirs(source: Value, document: Document): string {
  try {
    const [answer] = aggregate([toPlain(document) as object], [{ $project: { r: [toPlain(source)] } }]) as [{ r: unknown[] }];
    return normal(fromPlain(answer.r[0] ?? null));
  } catch {
    return 'refused';
  }
}

function ours(source: Value, document: Document): string {
  try {
    return normal(parseExpression([source]).evaluate({ root: document, variables: new Map(), now: 0 }))!.slice(1, -1);
  } catch (error) {
    assert.ok(error instanceof AerolithError && error.code === 'invalid_expression', String(error));
    return 'refused';
  }
}

/** Without the types of numbers, which plain JavaScript does not tell apart, and the sign of zero. */
function normal(value: Value | undefined): string {
  return toStored(fromPlain(toPlain(value ?? null))).replaceAll('{"$numberDouble":"-0.0"}', '0');
}

test('random expressions give what mingo gives', () => {
  let compared = 0;
  const check = (document: Document, source: Value): void => {
    const expected = ours(source, document);
    if (expected === 'refused') return;
    compared += 1;
    assert.equal(theirs(source, document), expected, `${toStored(source)} of ${toStored(document)}`);
  };
  fc.assert(fc.property(root, expression, check), { numRuns: RUNS, seed: SEED });
  assert.ok(compared > RUNS * 0.9, `${compared} of ${RUNS} were compared`);
});

test('where mingo differs, the manual of MongoDB says otherwise', () => {
  const document = parseDocument('{"n":null,"t":{"$date":1582979415250},"a":[3,1]}');
  for (const [source, expected, other] of tableRows(DIFFERENCES)) {
    assert.equal(ours(parseValue(source!), document), expected, source);
    assert.equal(theirs(parseValue(source!), document), other, `mingo: ${source}`);
  }
});

import assert from 'node:assert/strict';
import { AerolithError, parseDocument, parseValue, toStored } from '@aerolithdb/protocol';
import { tableRows } from '../text-table.ts';
import type { Scope } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

/** 2020-02-29T12:30:15.250Z. */
export const NOW = 1_582_979_415_250;

/**
 * For tests: each row is `expression | result`, the result in stored form, `missing`, or `!` and a part of the message of an
 * `invalid_expression`.
 */
export function assertResults(root: string, table: string): void {
  const scope: Scope = { root: parseDocument(root), variables: new Map(), now: NOW, random: () => 0.5 };
  const wrong = tableRows(table).flatMap(([source, expected]) => {
    const actual = resultText(() => parseExpression(parseValue(source!)).evaluate(scope));
    return agrees(actual, expected!) ? [] : [`${source} | ${actual}   (not ${expected})`];
  });
  assert.deepEqual(wrong, []);
}

function agrees(actual: string, expected: string): boolean {
  if (!expected.startsWith('!')) return actual === expected;
  return actual.startsWith('!') && actual.includes(expected.slice(1).trim());
}

function resultText(act: () => ReturnType<ReturnType<typeof parseExpression>['evaluate']>): string {
  try {
    const value = act();
    return value === undefined ? 'missing' : toStored(value);
  } catch (error) {
    assert.ok(error instanceof AerolithError, String(error));
    return `! ${error.code}: ${error.message}`;
  }
}

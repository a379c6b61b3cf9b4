import { AerolithError, type Document, type FindRequest, parseDocument, toStored } from '@aerolithdb/protocol';
import { compareBySort, type Filter, matches, type Sort } from '@aerolithdb/query';
import type { Reader } from '../reader.ts';

export type Query = { readonly filter: Filter; readonly filterText: string; readonly sort?: Sort; readonly sortText?: string };

/** The answers that must be the same: without an index, with the chosen one, and with each that can be named. */
export type Answers = { readonly collection: string; readonly hint?: string };

/** What is wrong with the answers to a query; undefined when nothing is. `documents`: what the collections hold, in row order. */
export function findFault(
  reader: Reader,
  documents: readonly Document[],
  query: Query,
  answers: Answers,
  pageLimit: number,
): string | undefined {
  const expected = documents.filter((document) => matches(query.filter, document));
  const base = { ...answers, filter: query.filterText };
  const where = `${answers.collection}${answers.hint === undefined ? '' : ` by ${answers.hint}`}`;
  const count = reader.read({ kind: 'count', ...base }).count;
  if (count !== expected.length) return `${where}: count is ${count}, the reference finds ${expected.length}`;
  const sortText = query.sortText === undefined ? {} : { sort: query.sortText };
  const found = allPages(reader, { kind: 'find', ...base, ...sortText }, pageLimit);
  const difference = compareSets(found, expected);
  if (difference !== undefined) return `${where}: find ${difference}`;
  if (query.sort !== undefined && !isSorted(found, query.sort)) return `${where}: the order is wrong`;
  return undefined;
}

/** Pages of `pageLimit` documents until there is no cursor: the limit of the request is far away. */
function allPages(reader: Reader, request: FindRequest, pageLimit: number): Document[] {
  const found: Document[] = [];
  let cursor: string | undefined;
  let skip = 0;
  do {
    const paged = cursor === undefined ? { ...request, limit: pageLimit, skip } : { ...request, cursor };
    const { text = '[]', count = 0, cursor: next } = reader.read(paged);
    found.push(...(parseArray(text) as Document[]));
    cursor = next;
    skip += count;
    if (count < pageLimit) return found;
  } while (skip < 100_000);
  return found;
}

function parseArray(text: string): unknown[] {
  return parseDocument(`{"v":${text}}`).get('v') as unknown[];
}

function compareSets(found: readonly Document[], expected: readonly Document[]): string | undefined {
  const texts = found.map(toStored);
  if (new Set(texts).size !== texts.length) return 'gives a document twice';
  const wanted = new Set(expected.map(toStored));
  const surplus = texts.find((text) => !wanted.has(text));
  if (surplus !== undefined) return `gives ${surplus}`;
  const missing = [...wanted].find((text) => !texts.includes(text));
  return missing === undefined ? undefined : `misses ${missing}`;
}

function isSorted(found: readonly Document[], sort: Sort): boolean {
  return found.every((document, i) => i === 0 || compareBySort(sort, found[i - 1]!, document) <= 0);
}

/** Whether the language refuses it, which is no fault. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AerolithError && error.code !== 'internal';
}

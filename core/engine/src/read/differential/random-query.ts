import { type Document, MaxKey, MinKey, type Value } from '@aerolithdb/protocol';
import { valuesAtPath } from '@aerolithdb/query';
import { FIELDS, randomScalar, randomValue } from './random-document.ts';
import type { SeededRandom } from './seeded-random.ts';

const PATHS = [
  'a',
  'b',
  'c',
  'a',
  'b',
  'a.x',
  'a.y',
  'b.x',
  'a.0',
  'a.1',
  'a.x.y',
  'a.0.x',
  'a.x.0',
  'b.0.0',
  'a.$ref',
  'missing',
  '_id',
  '_id.x',
];
const TYPES = [
  'double',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'int',
  'timestamp',
  'long',
  'decimal',
  'number',
];
const PATTERNS = ['^a', 'a', '^ab?', 'b$', '^$', '^A', '.', '^\\[', '[[:alpha:]]'];

export function randomPath(random: SeededRandom): string {
  return random.chance(0.85) ? random.pick(PATHS) : random.pick(FIELDS);
}

/** Half of the operands are taken from the documents, so that filters select some. */
export type Source = { readonly random: SeededRandom; readonly documents: readonly Document[] };

export function randomFilter(source: Source, depth = 2): Document {
  const { random } = source;
  const kind = depth === 0 ? 0 : random.below(10);
  if (kind < 8) return randomFields(source, depth);
  const parts = [...random.times(3, () => randomFilter(source, depth - 1)), randomFilter(source, depth - 1)];
  return new Map([[random.pick(['$and', '$or', '$nor']), parts]]);
}

function randomFields(source: Source, depth: number): Document {
  const { random } = source;
  const filter: Document = new Map();
  for (let i = random.below(3); i >= 0; i -= 1.5) {
    const path = randomPath(random);
    filter.set(path, random.chance(0.3) ? operand(source, path) : randomTests(source, path, depth));
  }
  return filter;
}

function operand({ random, documents }: Source, path: string): Value {
  if (random.chance(0.02)) return random.pick([new MinKey(), new MaxKey()]);
  if (random.chance(0.5)) {
    const document = random.pick(documents);
    const whole = document.get(path);
    const values = [...valuesAtPath(document, path.split('.')), ...(whole === undefined ? [] : [whole])];
    if (values.length > 0) return random.pick(values);
  }
  return random.chance(0.7) ? randomScalar(random) : randomValue(random);
}

function randomTests(source: Source, path: string, depth: number): Document {
  const tests: Document = new Map();
  if (source.random.chance(0.2)) {
    tests.set(source.random.pick(['$gt', '$gte']), operand(source, path));
    tests.set(source.random.pick(['$lt', '$lte']), operand(source, path));
    return tests;
  }
  for (let i = source.random.below(2); i >= 0; i--) addTest(source, tests, path, depth);
  return tests;
}

function addTest(source: Source, tests: Document, path: string, depth: number): void {
  const { random } = source;
  switch (random.below(13)) {
    case 0:
    case 1:
    case 2:
    case 3:
      tests.set(random.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']), operand(source, path));
      break;
    case 4:
    case 5:
      tests.set(
        random.pick(['$in', '$in', '$nin']),
        random.times(5, () => operand(source, path)),
      );
      break;
    case 6:
      tests.set('$exists', random.chance(0.5));
      break;
    case 7:
      tests.set('$type', random.pick(TYPES));
      break;
    case 8:
      tests.set('$size', random.below(4));
      break;
    case 9:
      tests.set('$mod', [random.pick([2, 3, -2]), random.below(3) - 1]);
      break;
    case 10:
      tests.set('$regex', random.pick(PATTERNS));
      break;
    case 11:
      tests.set(
        '$all',
        random.times(3, () => operand(source, path)),
      );
      break;
    default:
      if (depth > 0) tests.set(random.chance(0.3) ? '$not' : '$elemMatch', nested(source, path, depth));
  }
}

function nested(source: Source, path: string, depth: number): Document {
  return source.random.chance(0.6) ? randomTests(source, path, depth - 1) : randomFields(source, depth - 1);
}

export function randomSort(random: SeededRandom): Document {
  const sort: Document = new Map();
  for (let i = random.below(2); i >= 0; i--)
    sort.set(random.pick(PATHS.filter((path) => !path.includes('$'))), random.pick([1, -1]));
  return sort;
}

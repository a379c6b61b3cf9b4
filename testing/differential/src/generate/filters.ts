import type { Document, Value } from '@aerolithdb/protocol';
import { randomExpression } from './expressions.ts';
import { operand, randomPath, type Source } from './paths.ts';

const TYPES = [
  'double',
  'string',
  'object',
  'array',
  'bool',
  'date',
  'null',
  'int',
  'long',
  'number',
  'decimal',
  'objectId',
  'regex',
];
const PATTERNS = ['^a', 'a', '^ab?', 'b$', '^$', '^A', '.', '[0-9]', 'x\\sy'];

export function randomFilter(source: Source, depth = 2): Document {
  const { chance } = source.values;
  const kind = depth === 0 ? 0 : chance.below(12);
  if (kind < 10) return fields(source, depth);
  if (kind === 10) return new Map([['$expr', randomExpression(source, 'flag')]]);
  return new Map([[chance.pick(['$and', '$or', '$nor']), chance.several(1, 3, () => randomFilter(source, depth - 1))]]);
}

function fields(source: Source, depth: number): Document {
  const { chance } = source.values;
  const filter: Document = new Map();
  for (let i = chance.below(3); i >= 0; i -= 1.5) {
    const path = randomPath(source);
    filter.set(path, chance.hits(0.25) ? operand(source, path) : tests(source, path, depth));
  }
  return filter;
}

function tests(source: Source, path: string, depth: number): Document {
  const { chance } = source.values;
  if (chance.hits(0.2)) {
    return new Map([
      [chance.pick(['$gt', '$gte']), operand(source, path)],
      [chance.pick(['$lt', '$lte']), operand(source, path)],
    ]);
  }
  return new Map(chance.several(1, 2, () => oneTest(source, path, depth)).flat());
}

function oneTest(source: Source, path: string, depth: number): [string, Value][] {
  const { chance } = source.values;
  const several = (to: number) => chance.several(0, to, () => operand(source, path));
  const makers: (() => [string, Value][])[] = [
    ...Array.from(
      { length: 4 },
      () => () => [[chance.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']), operand(source, path)]] as [string, Value][],
    ),
    () => [['$in', several(4)]],
    () => [['$nin', several(3)]],
    () => [['$exists', chance.hits(0.5)]],
    () => [['$type', chance.hits(0.8) ? chance.pick(TYPES) : [chance.pick(TYPES), chance.pick(TYPES)]]],
    () => [['$size', chance.below(4)]],
    () => [['$mod', [chance.pick([2, 3, -2, 4]), chance.below(3) - 1]]],
    () => [
      ['$regex', chance.pick(PATTERNS)],
      ...(chance.hits(0.3) ? [['$options', chance.pick(['i', 'm', 's'])] as [string, Value]] : []),
    ],
    () => [['$all', several(3)]],
    () => [
      [
        chance.pick(['$bitsAllSet', '$bitsAnySet', '$bitsAllClear', '$bitsAnyClear']),
        chance.hits(0.5) ? chance.below(16) : [chance.below(4), chance.below(4)],
      ],
    ],
    ...(depth > 0
      ? [
          () => [['$not', tests(source, path, depth - 1)]] as [string, Value][],
          () => [['$elemMatch', nested(source, path, depth)]] as [string, Value][],
        ]
      : []),
  ];
  return chance.pick(makers)();
}

function nested(source: Source, path: string, depth: number): Document {
  if (source.values.chance.hits(0.5)) return tests(source, path, depth - 1);
  const name = source.values.chance.pick(['x', 'y', '0']);
  return new Map([[name, source.values.chance.hits(0.4) ? operand(source, name) : tests(source, name, depth - 1)]]);
}

/** Ends with `_id`, so that the order is the only one. */
export function randomSort({ values: { chance } }: Source): Document {
  const paths = chance.several(0, 2, () => chance.pick(['a', 'b', 'c', 'd', 'n', 'c.x', 'b.x', 'b.0', 'none']));
  return new Map([...paths, '_id'].map((path) => [path, chance.pick([1, -1])]));
}

export function randomProjection(source: Source): Document {
  const { chance } = source.values;
  const paths = chance.several(1, 3, () => chance.pick(['a', 'b', 'c', 'd', 'n', 'c.x', 'b.x', 'c.y', 'b.0', 'none', 'd.x.y']));
  const keeps = chance.hits(0.6);
  const projection: Document = new Map(paths.map((path) => [path, shown(source, path, keeps)]));
  if (chance.hits(0.3)) projection.set('_id', chance.pick<Value>([0, 1, false, true]));
  return projection;
}

function shown(source: Source, path: string, keeps: boolean): Value {
  const { chance } = source.values;
  if (chance.hits(0.7)) return keeps ? chance.pick<Value>([1, true]) : chance.pick<Value>([0, false]);
  if (chance.hits(0.4))
    return new Map([['$slice', chance.hits(0.5) ? chance.pick([1, -1, 2, 0]) : [chance.pick([0, 1, -2]), 2]]]);
  if (chance.hits(0.4)) return new Map([['$elemMatch', nested(source, path, 1)]]);
  return keeps ? randomExpression(source, 'any') : 0;
}

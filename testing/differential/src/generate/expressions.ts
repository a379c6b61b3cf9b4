import type { Document, Value } from '@aerolithdb/protocol';
import { randomPath, type Source } from './paths.ts';

/** What an expression is to give, mostly. */
export type Kind = 'any' | 'number' | 'text' | 'flag' | 'array';

const call = (name: string, ...operands: Value[]): Document => new Map([[name, operands]]);
const one = (name: string, operand: Value): Document => new Map([[name, operand]]);
const fields = (entries: Record<string, Value>): Document => new Map(Object.entries(entries));

export function randomExpression(source: Source, kind: Kind, depth = 2): Value {
  const { chance } = source.values;
  const of = (inner: Kind): Value => randomExpression(source, inner, depth - 1);
  if (depth === 0 || chance.hits(0.15)) return leaf(source, kind);
  const makers: Record<Kind, (() => Value)[]> = {
    any: [() => of('number'), () => of('text'), () => of('flag'), () => of('array'), () => `$${randomPath(source)}`],
    number: [
      () => call(chance.pick(['$add', '$multiply', '$subtract']), of('number'), of('number')),
      () => one(chance.pick(['$abs', '$ceil', '$floor']), of('number')),
      () => one('$size', of('array')),
      () => one('$strLenCP', of('text')),
      () => call('$ifNull', of('number'), 0),
      () => call('$cmp', of('any'), of('any')),
      () => one(chance.pick(['$sum', '$max', '$min']), of('array')),
    ],
    text: [
      () => call('$concat', of('text'), of('text')),
      () => one(chance.pick(['$toUpper', '$toLower']), of('text')),
      () => one('$type', of('any')),
      () => call('$substrCP', of('text'), 0, 1 + chance.below(3)),
    ],
    flag: [
      () => call(chance.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']), of('any'), of('any')),
      () => call(chance.pick(['$and', '$or']), of('flag'), of('flag')),
      () => call('$not', of('flag')),
      () => call('$in', of('any'), of('array')),
      () => one('$isArray', `$${randomPath(source)}`),
      () => one('$isNumber', `$${randomPath(source)}`),
    ],
    array: [
      () => call('$concatArrays', of('array'), of('array')),
      () => call('$slice', of('array'), chance.pick([1, 2, -1])),
      () => one('$reverseArray', of('array')),
      () => call('$setUnion', of('array'), of('array')),
      () => one('$filter', fields({ input: of('array'), as: 'e', cond: call('$gt', '$$e', source.values.scalar()) })),
      () => one('$map', fields({ input: of('array'), as: 'e', in: call('$ifNull', '$$e', 'none') })),
      () => [of('any'), of('any')],
    ],
  };
  if (chance.hits(0.1)) return call('$cond', of('flag'), of(kind), of(kind));
  return chance.pick(makers[kind])();
}

function leaf(source: Source, kind: Kind): Value {
  const { values } = source;
  const { chance } = values;
  const path = `$${kind === 'any' ? randomPath(source) : PATHS[kind]}`;
  if (chance.hits(0.6)) return path;
  if (kind === 'number') return values.number();
  if (kind === 'text') return chance.pick(['', 'a', 'Ab', 'é']);
  if (kind === 'flag') return chance.hits(0.5);
  if (kind === 'array')
    return one(
      '$literal',
      chance.several(0, 3, () => values.scalar()),
    );
  return one('$literal', values.any(1));
}

const PATHS: Readonly<Record<Exclude<Kind, 'any'>, string>> = { number: 'n', text: 'a', flag: 'd', array: 'b' };

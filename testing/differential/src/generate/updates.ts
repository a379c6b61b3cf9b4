import type { Document, Value } from '@aerolithdb/protocol';
import type { UpdateCase } from '../request.ts';
import { randomExpression } from './expressions.ts';
import { randomFilter } from './filters.ts';
import { operand, type Source } from './paths.ts';

const PATHS = ['a', 'b', 'c', 'd', 'n', 'c.x', 'c.y', 'b.0', 'b.1', 'new', 'new.x', 'c.x.z', 'd.x'];
const ARRAYS = ['b', 'b', 'b', 'd', 'c.x', 'new'];

export function randomUpdate(source: Source): UpdateCase {
  const { chance } = source.values;
  const base = { kind: 'update', filter: randomFilter(source, 1), multi: chance.hits(0.7) } as const;
  if (chance.hits(0.2)) return { ...base, update: pipeline(source) };
  if (chance.hits(0.15)) return positional(source, base.multi);
  return { ...base, update: new Map(chance.several(1, 2, () => operator(source))) };
}

/** Each operator changes one or two paths. */
function operator(source: Source): [string, Document] {
  const { values } = source;
  const { chance } = values;
  const at = (paths: readonly string[], make: (path: string) => Value): Document =>
    new Map(
      chance.several(1, chance.hits(0.2) ? 2 : 1, () => {
        const path = chance.pick(paths);
        return [path, make(path)] as const;
      }),
    );
  const makers: (() => [string, Document])[] = [
    () => ['$set', at(PATHS, () => values.any())],
    () => ['$set', at(PATHS, () => values.any())],
    () => ['$unset', at(PATHS, () => '')],
    () => ['$inc', at(['n', 'a', 'new', 'c.x', 'new.y'], () => values.number())],
    () => ['$mul', at(['n', 'a', 'new', 'c.x'], () => values.number())],
    () => [chance.pick(['$min', '$max']), at(['n', 'a', 'd', 'new'], () => values.scalar())],
    () => ['$rename', at(['a', 'c.x', 'c', 'none'], () => chance.pick(['r', 'c.r', 'r.s']))],
    () => ['$push', at(ARRAYS, () => (chance.hits(0.4) ? values.any() : pushed(source)))],
    () => [
      '$addToSet',
      at(ARRAYS, (path) =>
        chance.hits(0.5) ? operand(source, path) : new Map([['$each', chance.several(0, 3, () => operand(source, path))]]),
      ),
    ],
    () => ['$pop', at(ARRAYS, () => chance.pick([1, -1]))],
    () => ['$pull', at(ARRAYS, (path) => (chance.hits(0.5) ? operand(source, path) : pulled(source, path)))],
    () => ['$pullAll', at(ARRAYS, (path) => chance.several(0, 3, () => operand(source, path)))],
    () => ['$bit', at(['n', 'a', 'new'], () => new Map([[chance.pick(['and', 'or', 'xor']), chance.below(16)]]))],
    () => ['$setOnInsert', at(PATHS, () => values.scalar())],
  ];
  return chance.pick(makers)();
}

function pushed({ values }: Source): Document {
  const { chance } = values;
  const push: Document = new Map([['$each', chance.several(0, 3, () => values.any(1))]]);
  if (chance.hits(0.4)) push.set('$position', chance.pick([0, 1, -1, 9]));
  if (chance.hits(0.4)) push.set('$slice', chance.pick([0, 1, 2, -2]));
  if (chance.hits(0.3)) push.set('$sort', chance.hits(0.6) ? chance.pick([1, -1]) : new Map([['x', chance.pick([1, -1])]]));
  return push;
}

function pulled(source: Source, path: string): Document {
  const { chance } = source.values;
  if (chance.hits(0.5)) return new Map([[chance.pick(['$gt', '$lt', '$ne', '$gte']), operand(source, path)]]);
  return chance.hits(0.5)
    ? new Map([['$in', chance.several(0, 3, () => operand(source, path))]])
    : new Map([['x', operand(source, 'b.x')]]);
}

/** `$`, `$[]` and `$[e]`: of the elements of `b` that a filter found, of all, and of those that an array filter selects. */
function positional(source: Source, multi: boolean): UpdateCase {
  const { values } = source;
  const test: Document = new Map([[values.chance.pick(['$gt', '$lte', '$eq']), operand(source, 'b')]]);
  const set = (path: string): Document => new Map([['$set', new Map([[path, values.scalar()]])]]);
  const isList: Document = new Map<string, Value>([['b', new Map([['$type', 'array']])]]);
  const kind = values.chance.below(3);
  if (kind === 0) return { kind: 'update', filter: new Map([['b', test]]), update: set('b.$'), multi };
  if (kind === 1) return { kind: 'update', filter: isList, update: set('b.$[]'), multi };
  return { kind: 'update', filter: isList, update: set('b.$[e]'), arrayFilters: [new Map([['e', test]])], multi };
}

function pipeline(source: Source): Value[] {
  const { chance } = source.values;
  return chance.several(1, 2, () =>
    chance.pick<() => Value>([
      () => new Map([['$set', new Map([[chance.pick(['a', 'n', 'new', 'c.x', 'new.x']), randomExpression(source, 'any')]])]]),
      () => new Map([['$unset', chance.pick<Value>(['a', 'c.x', ['a', 'n']])]]),
      () =>
        new Map([
          [
            '$project',
            new Map<string, Value>([
              ['a', 1],
              ['n', randomExpression(source, 'number')],
            ]),
          ],
        ]),
      () =>
        new Map([['$replaceWith', new Map([['$mergeObjects', ['$$ROOT', new Map([['m', randomExpression(source, 'any')]])]]])]]),
    ])(),
  );
}

import { type Document, parseValue, type Value } from '@aerolithdb/protocol';
import { randomExpression } from './expressions.ts';
import { randomFilter, randomProjection, randomSort } from './filters.ts';
import { randomPath, type Source } from './paths.ts';

/** A random pipeline whose answer does not depend on the order in which documents are found, but for the order of what comes out. */
export function randomPipeline(source: Source): Value[] {
  const { chance } = source.values;
  const stages = chance.several(0, 2, () => middle(source)).flat();
  return [...stages, ...last(source)];
}

function middle(source: Source): Value[] {
  const { chance } = source.values;
  const path = randomPath(source);
  return chance.pick<() => Value[]>([
    () => [stage('$match', randomFilter(source))],
    () => [stage('$match', randomFilter(source))],
    () => [stage('$sort', randomSort(source)), stage('$skip', chance.below(4)), stage('$limit', 1 + chance.below(20))],
    () => [stage('$set', new Map([[chance.pick(['w', 'a', 'c.z', 'b.w']), randomExpression(source, 'any')]]))],
    () => [stage('$project', withId(randomProjection(source)))],
    () => [stage('$unset', chance.pick(['a', 'c.x', 'b']))],
    () => [stage('$unwind', `$${chance.pick(['b', 'd', 'c.x'])}`)],
    () => parsed(`{"$unwind":{"path":"$b","preserveNullAndEmptyArrays":${chance.hits(0.5)},"includeArrayIndex":"i"}}`),
    () =>
      parsed(
        `{"$lookup":{"from":"o","localField":"${path}","foreignField":"${chance.pick(['n', 'a', 'b', '_id'])}","as":"f"}}`,
        '{"$set":{"f":{"$size":"$f"}}}',
      ),
    () => [
      stage(
        '$replaceWith',
        new Map<string, Value>([
          ['_id', '$_id'],
          ['v', randomExpression(source, 'any')],
        ]),
      ),
    ],
  ])();
}

function last(source: Source): Value[] {
  const { chance } = source.values;
  const key = chance.pick<Value>([
    null,
    '$a',
    '$n',
    '$d',
    '$c.x',
    new Map([
      ['p', '$a'],
      ['q', '$n'],
    ]),
    new Map([['$type', '$d']]),
  ]);
  const group = (names: readonly string[]) => {
    const outputs = chance.several(0, 2, () => accumulator(source, names)).map((value, i): [string, Value] => [`v${i}`, value]);
    return stage('$group', new Map<string, Value>([['_id', key], ...outputs]));
  };
  return chance.pick<() => Value[]>([
    () => [],
    () => [],
    () => parsed('{"$count":"n"}'),
    () => [group(BY_VALUE)],
    () => [stage('$sort', new Map([['_id', 1]])), group([...BY_VALUE, '$first', '$last'])],
    () => parsed(`{"$sortByCount":"$${randomPath(source)}"}`, '{"$project":{"count":1,"_id":0}}'),
    () => parsed('{"$bucket":{"groupBy":"$n","boundaries":[-5,0,2,6],"default":"other"}}'),
    () =>
      parsed(
        '{"$sort":{"_id":1}}',
        '{"$setWindowFields":{"partitionBy":"$n","sortBy":{"_id":1},"output":{"w":{"$sum":"$n","window":{"documents":[-1,1]}}}}}',
      ),
    () => [
      stage(
        '$facet',
        new Map<string, Value>([
          ['all', parsed('{"$count":"n"}')],
          ['some', [stage('$match', randomFilter(source)), ...parsed('{"$count":"n"}')]],
        ]),
      ),
    ],
    () => [
      ...parsed('{"$unionWith":"o"}'),
      stage(
        '$group',
        new Map<string, Value>([
          ['_id', key],
          ['n', new Map([['$sum', 1]])],
        ]),
      ),
    ],
  ])();
}

const BY_VALUE = ['$sum', '$avg', '$min', '$max', '$push', '$addToSet', '$stdDevPop'];

/** Without the `_id` nothing would be left to order by. */
function withId(projection: Document): Document {
  return new Map([...projection].filter(([name]) => name !== '_id'));
}

function accumulator(source: Source, names: readonly string[]): Document {
  const { chance } = source.values;
  const path = `$${chance.pick(['n', 'a', 'c.x', 'd'])}`;
  const name = chance.pick(names);
  return new Map([[name, name === '$sum' && chance.hits(0.3) ? 1 : path]]);
}

function stage(name: string, value: Value): Document {
  return new Map([[name, value]]);
}

function parsed(...texts: readonly string[]): Document[] {
  return texts.map((text) => parseValue(text) as Document);
}

import { type Document, parseValue, type Value } from '@aerolithdb/protocol';
import { randomFilter, type Source } from './random-query.ts';

const FIELDS = ['a', 'b', 'c', 'a.x', 'a.y', 'b.x', 'missing'];
const BY_VALUE = ['$sum', '$avg', '$min', '$max', '$count', '$stdDevPop', '$addToSet'];
const BY_ORDER = ['$first', '$last', '$push', '$mergeObjects', '$firstN', '$top'];
/** A total order, so that what comes out does not depend on the way to the documents. */
const BY_ID = '{"$sort":{"_id":1}}';

/** A random pipeline whose answer does not depend on the order in which documents are found. `foreign`: a collection to look into. */
export function randomPipeline(source: Source, foreign: string): Value[] {
  const { random } = source;
  const stages: Value[] = [];
  if (random.chance(0.6)) stages.push(new Map([['$match', randomFilter(source)]]));
  if (random.chance(0.3))
    stages.push(...parsed(sorted(source), `{"$skip":${random.below(5)}}`, `{"$limit":${1 + random.below(30)}}`));
  if (random.chance(0.4)) stages.push(...parsed(reshaping(source, foreign)));
  if (random.chance(0.2)) stages.push(new Map([['$match', randomFilter(source)]]));
  stages.push(...ending(source));
  return stages;
}

function sorted({ random }: Source): string {
  const field = random.pick(FIELDS)!;
  return `{"$sort":{"${field}":${random.chance(0.5) ? 1 : -1},"_id":1}}`;
}

function reshaping({ random }: Source, foreign: string): string {
  const field = random.pick(FIELDS)!;
  const other = random.pick(FIELDS)!;
  return random.pick([
    `{"$unwind":"$${field}"}`,
    `{"$unwind":{"path":"$${field}","preserveNullAndEmptyArrays":true,"includeArrayIndex":"i"}}`,
    `{"$set":{"${field}":"$${other}"}}`,
    `{"$project":{"${field}":1,"z":["$${other}"]}}`,
    `{"$lookup":{"from":"${foreign}","localField":"${field}","foreignField":"${other}","pipeline":[{"$count":"n"}],"as":"b"}}`,
    `{"$lookup":{"from":"${foreign}","let":{"v":"$${field}"},"pipeline":[{"$match":{"$expr":{"$eq":["$${other}","$$v"]}}},{"$count":"n"}],"as":"b"}}`,
  ])!;
}

function ending(source: Source): Value[] {
  const { random } = source;
  const key = random.pick(['null', '"$a"', '"$b"', '"$a.x"', '{"p":"$a","q":"$c"}', '{"$type":"$a"}'])!;
  const byValue = random.times(3, () => accumulator(source, random.pick(BY_VALUE)!)).map((text, i) => `"v${i}":${text}`);
  const byOrder = random.times(2, () => accumulator(source, random.pick(BY_ORDER)!)).map((text, i) => `"o${i}":${text}`);
  const group = (outputs: readonly string[]) => `{"$group":{"_id":${key}${outputs.map((each) => `,${each}`).join('')}}}`;
  return random.pick([
    () => parsed('{"$count":"n"}'),
    () => parsed(group(byValue)),
    () => parsed(group(byValue)),
    () => parsed(BY_ID, group([...byValue, ...byOrder])),
    () => parsed('{"$sortByCount":"$a"}', '{"$project":{"count":1,"_id":0}}'),
    () => [],
  ])!();
}

function accumulator({ random }: Source, operator: string): string {
  const field = `"$${random.pick(FIELDS)}"`;
  if (operator === '$count') return '{"$count":{}}';
  if (operator === '$mergeObjects') return '{"$mergeObjects":{"k":"$a"}}';
  if (operator === '$firstN') return `{"$firstN":{"n":2,"input":${field}}}`;
  if (operator === '$top') return `{"$top":{"sortBy":{"b":-1,"_id":1},"output":${field}}}`;
  return `{"${operator}":${operator === '$sum' && random.chance(0.4) ? '1' : field}}`;
}

function parsed(...texts: readonly string[]): Document[] {
  return texts.map((text) => parseValue(text) as Document);
}

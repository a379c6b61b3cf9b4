import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument, parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { applyUpdate } from './apply-update.ts';
import { parseUpdate } from './parse-update.ts';
import { tableRows } from './text-table.ts';

const updated = (stages: string, document: string, insert = false): string =>
  toStored(applyUpdate(parseUpdate(parseValue(stages) as Value[]), parseDocument(document), { time: 5, insert }));

/** `stages | document | document after` */
const CASES = `
  [{"$set":{"sum":{"$add":["$a","$b"]}}}]                        | {"_id":1,"a":1,"b":2}     | {"_id":1,"a":1,"b":2,"sum":3}
  [{"$set":{"a":"$b"}},{"$set":{"b":"$a"}}]                      | {"_id":1,"a":1,"b":2}     | {"_id":1,"a":2,"b":2}
  [{"$addFields":{"t":"$$NOW"}}]                                 | {"_id":1}                 | {"_id":1,"t":{"$date":5}}
  [{"$set":{"a":"$$REMOVE"}}]                                    | {"_id":1,"a":1}           | {"_id":1}
  [{"$unset":["a","c.x"]}]                                       | {"_id":1,"a":1,"c":{"x":1,"y":2}} | {"_id":1,"c":{"y":2}}
  [{"$project":{"a":1}}]                                         | {"_id":1,"a":1,"b":2}     | {"_id":1,"a":1}
  [{"$project":{"_id":0,"a":1}}]                                 | {"_id":1,"a":1,"b":2}     | {"_id":1,"a":1}
  [{"$replaceWith":{"n":"$a"}}]                                  | {"_id":1,"a":7}           | {"_id":1,"n":7}
  [{"$replaceRoot":{"newRoot":{"$mergeObjects":[{"s":0},"$$ROOT"]}}}] | {"_id":1,"a":7}      | {"s":0,"_id":1,"a":7}
`;

test('stages make the document', () => {
  for (const [stages, document, after] of tableRows(CASES)) assert.equal(updated(stages!, document!), after, stages);
});

test('an upsert begins with what the filter names, and has its _id first', () => {
  assert.equal(
    updated('[{"$replaceWith":{"$mergeObjects":["$$ROOT",{"new":true}]}}]', '{"a":1,"_id":2}', true),
    '{"_id":2,"a":1,"new":true}',
  );
});

/** `stages | code` */
const REFUSED = `
  []                                   | invalid_update
  [{"$match":{"a":1}}]                 | invalid_update
  [{"$group":{"_id":null}}]            | invalid_update
  [{"$set":{"_id":2}}]                 | immutable_id
  [{"$replaceWith":"$a"}]              | invalid_pipeline
  [{"$set":{"a":{"$rand":{}}}}]        | invalid_expression
  [{"$sett":{"a":1}}]                  | unknown_operator
`;

test('what is no update, or would change the _id, is refused', () => {
  for (const [stages, code] of tableRows(REFUSED)) assert.throws(() => updated(stages!, '{"_id":1,"a":1}'), { code }, stages);
  const withFilters = () => parseUpdate(parseValue('[{"$set":{"a":1}}]') as Value[], [parseDocument('{"e":1}')]);
  assert.throws(withFilters, { code: 'invalid_update' });
});

test('the stages of one document share its steps', () => {
  const doubling = JSON.stringify(Array.from({ length: 40 }, () => ({ $set: { a: ['$a', '$a'] } })));
  assert.throws(() => updated(doubling, '{"_id":1,"a":1}'), { code: 'invalid_expression' });
});

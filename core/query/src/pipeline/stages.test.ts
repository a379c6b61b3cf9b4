import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { assertErrors } from '../error-rows.ts';
import { tableRows } from '../text-table.ts';
import { MemoryBudget } from './memory-budget.ts';
import { runInMemory } from './memory-sources.ts';
import { parsePipelineText } from './parse-pipeline.ts';

function documents(text: string): Document[] {
  return (parseValue(text) as Value[]).map((each) => each as Document);
}

const OTHERS = documents('[{"_id":"x","n":1,"next":"y"},{"_id":"y","n":2,"next":["x","z"]},{"_id":"z","n":[1,3]},{"_id":"q"}]');

function run(pipeline: string, input: string, memory?: MemoryBudget): string {
  const collections = new Map([
    ['c', documents(input)],
    ['o', OTHERS],
  ]);
  return toStored(runInMemory(parsePipelineText(pipeline), collections, memory));
}

/** Each row: pipeline | documents of `c` | what comes out. */
function check(table: string): void {
  for (const [pipeline, input, expected] of tableRows(table)) assert.equal(run(pipeline!, input!), expected, pipeline);
}

test('$match', () => {
  check(`
    [{"$match":{"a":{"$gt":1}}}]                                             | [{"a":1},{"a":2},{"a":[0,9]},{}] | [{"a":2},{"a":[0,9]}]
    [{"$match":{"$expr":{"$gt":["$a","$b"]}}}]                               | [{"a":1,"b":2},{"a":3,"b":2}]    | [{"a":3,"b":2}]
    [{"$match":{"$and":[{"a":3},{"$expr":{"$eq":["$a","$b"]}}]}}]            | [{"a":3,"b":2},{"a":3,"b":3.0}]  | [{"a":3,"b":3.0}]
    [{"$match":{"$expr":"$a"}}]                                              | [{"a":0},{"a":""},{"a":null},{}] | [{"a":""}]
  `);
});

test('$project, $set and $unset', () => {
  check(`
    [{"$project":{"a":1}}]                           | [{"_id":1,"b":1,"a":2}]                     | [{"_id":1,"a":2}]
    [{"$project":{"_id":0,"b":{"c":1}}}]             | [{"_id":1,"b":[{"c":1,"d":2},7,{"d":1}]}]   | [{"b":[{"c":1},{}]}]
    [{"$project":{"b":0}}]                           | [{"_id":1,"b":1,"a":2}]                     | [{"_id":1,"a":2}]
    [{"$project":{"_id":0}}]                         | [{"_id":1,"a":2}]                           | [{"a":2}]
    [{"$project":{"x":"$a.b","l":"text"}}]           | [{"_id":1,"a":[{"b":1},{"b":2}]}]           | [{"_id":1,"x":[1,2],"l":"text"}]
    [{"$project":{"a":{"n":{"$add":["$q",1]}}}}]     | [{"_id":1,"q":1,"a":[{"m":1},{"n":5},7]}]   | [{"_id":1,"a":[{"n":2},{"n":2}]}]
    [{"$project":{"a.n":"$q"}}]                      | [{"_id":1,"q":1,"a":5},{"_id":2,"q":1}]     | [{"_id":1,"a":{"n":1}},{"_id":2,"a":{"n":1}}]
    [{"$project":{"_id":"$a","a":1}}]                | [{"_id":1,"a":2}]                           | [{"a":2,"_id":2}]
    [{"$project":{"a":1,"x":"$$REMOVE"}}]            | [{"_id":1,"a":2,"x":3}]                     | [{"_id":1,"a":2}]
    [{"$set":{"a":5,"b.c":"$a"}}]                    | [{"a":1,"b":[{},{"c":3}]},{"a":2,"b":7}]    | [{"a":5,"b":[{"c":1},{"c":1}]},{"a":5,"b":{"c":2}}]
    [{"$addFields":{"a":{"x":1}}}]                   | [{"a":{"y":2}},{}]                          | [{"a":{"y":2,"x":1}},{"a":{"x":1}}]
    [{"$set":{"a":"$none"}}]                         | [{"a":1,"b":2}]                             | [{"b":2}]
    [{"$unset":["a","b.c"]}]                         | [{"a":1,"b":{"c":1,"d":2}}]                 | [{"b":{"d":2}}]
    [{"$unset":"a"}]                                 | [{"a":1},{"b":2}]                           | [{},{"b":2}]
  `);
});

test('$sort, $skip, $limit, $count and $sample', () => {
  check(`
    [{"$sort":{"a":-1}},{"$limit":2}]               | [{"a":1},{"a":3},{"a":2},{"a":3,"b":1}] | [{"a":3},{"a":3,"b":1}]
    [{"$sort":{"a":1}},{"$skip":1},{"$limit":1}]    | [{"a":3},{"a":1},{"a":2}]               | [{"a":2}]
    [{"$skip":1},{"$limit":5}]                      | [{"a":1},{"a":2}]                       | [{"a":2}]
    [{"$match":{"a":1}},{"$count":"n"}]             | [{"a":1},{"a":2},{"a":1}]               | [{"n":2}]
    [{"$match":{"a":9}},{"$count":"n"}]             | [{"a":1}]                               | []
    [{"$sample":{"size":9}},{"$sort":{"a":1}}]      | [{"a":2},{"a":1}]                       | [{"a":1},{"a":2}]
    [{"$sample":{"size":2}},{"$count":"n"}]         | [{"a":2},{"a":1},{"a":3}]               | [{"n":2}]
  `);
});

test('$replaceRoot, $replaceWith, $unwind and $redact', () => {
  check(`
    [{"$replaceRoot":{"newRoot":"$a"}}]                              | [{"a":{"b":1}}]                  | [{"b":1}]
    [{"$replaceWith":{"x":"$a","y":"$none"}}]                        | [{"a":1}]                        | [{"x":1}]
    [{"$unwind":"$a"}]                                               | [{"a":[1,2],"b":1},{"a":[]},{"a":null},{},{"a":5}] | [{"a":1,"b":1},{"a":2,"b":1},{"a":5}]
    [{"$unwind":{"path":"$a","preserveNullAndEmptyArrays":true}}]    | [{"a":[]},{"a":null},{"b":1}]    | [{},{"a":null},{"b":1}]
    [{"$unwind":{"path":"$a.b","includeArrayIndex":"i"}}]            | [{"a":{"b":["x","y"]}},{"a":{"b":7}}] | [{"a":{"b":"x"},"i":0},{"a":{"b":"y"},"i":1},{"a":{"b":7},"i":null}]
    [{"$redact":{"$cond":[{"$eq":["$l",1]},"$$PRUNE","$$DESCEND"]}}] | [{"a":{"l":1},"b":[{"l":1},{"l":2},3]},{"l":1}] | [{"b":[{"l":2},3]}]
    [{"$redact":{"$cond":["$k","$$KEEP","$$DESCEND"]}}]              | [{"k":1,"a":{"b":{}}}]           | [{"k":1,"a":{"b":{}}}]
  `);
});

test('$group keys', () => {
  check(`
    [{"$group":{"_id":"$a","n":{"$sum":1}}}]             | [{"a":1},{"a":1.0},{"a":{"$numberLong":"1"}},{"a":{"$numberDecimal":"1.0"}},{"a":"1"}] | [{"_id":1,"n":4},{"_id":"1","n":1}]
    [{"$group":{"_id":"$a","n":{"$count":{}}}}]          | [{"a":null},{},{"b":1}]             | [{"_id":null,"n":3}]
    [{"$group":{"_id":null}}]                            | []                                  | []
    [{"$group":{"_id":{"x":"$a","y":"$b"}}}]             | [{"a":1,"b":2},{"a":1},{"b":2,"a":1}] | [{"_id":{"x":1,"y":2}},{"_id":{"x":1}}]
    [{"$group":{"_id":"$a","n":{"$sum":1}}}]             | [{"a":[1,2]},{"a":[1.0,2]},{"a":{"$oid":"000000000000000000000001"}},{"a":{"$date":1}}] | [{"_id":[1,2],"n":2},{"_id":{"$oid":"000000000000000000000001"},"n":1},{"_id":{"$date":1},"n":1}]
    [{"$sortByCount":"$a"}]                              | [{"a":1},{"a":2},{"a":2}]           | [{"_id":2,"count":2},{"_id":1,"count":1}]
  `);
});

test('accumulators', () => {
  const rows = `
    {"$sum":"$a"}                     | [{"a":1},{"a":2},{"a":"x"},{}]                     | 3
    {"$sum":"$a"}                     | [{"a":2147483647},{"a":1}]                         | 2147483648
    {"$sum":"$a"}                     | [{"a":9223372036854775807},{"a":1}]                | 9223372036854776000.0
    {"$sum":"$a"}                     | [{"a":{"$numberLong":"1"}},{"a":2}]                | {"$numberLong":"3"}
    {"$sum":"$a"}                     | [{"a":0.1},{"a":0.2},{"a":0.3}]                    | 0.6
    {"$sum":"$a"}                     | [{"a":1e308},{"a":1e308},{"a":-1e308}]             | {"$numberDouble":"Infinity"}
    {"$sum":"$a"}                     | [{"a":{"$numberDecimal":"0.1"}},{"a":1}]           | {"$numberDecimal":"1.1"}
    {"$sum":"$a"}                     | [{"a":"x"}]                                        | 0
    {"$avg":"$a"}                     | [{"a":1},{"a":2},{"a":"x"}]                        | 1.5
    {"$avg":"$a"}                     | [{"a":{"$numberDecimal":"1"}},{"a":2}]             | {"$numberDecimal":"1.5"}
    {"$avg":"$a"}                     | [{"a":"x"}]                                        | null
    {"$min":"$a"}                     | [{"a":3},{"a":"x"},{"a":null},{}]                  | 3
    {"$max":"$a"}                     | [{"a":3},{"a":"x"},{"a":null}]                     | "x"
    {"$max":"$a"}                     | [{"a":null},{}]                                    | null
    {"$first":"$a"}                   | [{},{"a":2}]                                       | null
    {"$last":"$a"}                    | [{"a":1},{"a":2}]                                  | 2
    {"$push":"$a"}                    | [{"a":1},{},{"a":null},{"a":1}]                    | [1,null,1]
    {"$addToSet":"$a"}                | [{"a":1},{"a":1.0},{},{"a":"1"}]                   | [1,"1"]
    {"$stdDevPop":"$a"}               | [{"a":2},{"a":4},{"a":4},{"a":4},{"a":5},{"a":5},{"a":7},{"a":9},{"a":"x"}] | 2.0
    {"$stdDevSamp":"$a"}              | [{"a":1},{"a":3}]                                  | 1.4142135623730951
    {"$stdDevSamp":"$a"}              | [{"a":1}]                                          | null
    {"$mergeObjects":"$a"}            | [{"a":{"x":1,"y":1}},{"a":null},{"a":{"y":2}}]     | {"x":1,"y":2}
    {"$top":{"sortBy":{"s":-1},"output":"$a"}}          | [{"a":1,"s":1},{"a":2,"s":5},{"a":3,"s":2}] | 2
    {"$topN":{"n":2,"sortBy":{"s":-1},"output":"$a"}}   | [{"a":1,"s":1},{"a":2,"s":5},{"s":2}]       | [2,null]
    {"$bottom":{"sortBy":{"s":-1},"output":"$a"}}       | [{"a":1,"s":1},{"a":2,"s":5},{"a":3,"s":2}] | 1
    {"$bottomN":{"n":2,"sortBy":{"s":1},"output":"$a"}} | [{"a":1,"s":1},{"a":2,"s":5},{"a":3,"s":2}] | [3,2]
    {"$firstN":{"n":2,"input":"$a"}}  | [{"a":1},{},{"a":3}]                               | [1,null]
    {"$lastN":{"n":2,"input":"$a"}}   | [{"a":1},{},{"a":3}]                               | [null,3]
    {"$minN":{"n":2,"input":"$a"}}    | [{"a":3},{},{"a":1},{"a":2}]                       | [1,2]
    {"$maxN":{"n":2,"input":"$a"}}    | [{"a":3},{},{"a":1},{"a":2}]                       | [3,2]
    {"$median":{"input":"$a","method":"approximate"}}                    | [{"a":1},{"a":9},{"a":5},{"a":7}]  | 5.0
    {"$percentile":{"input":"$a","p":[0,0.9,1],"method":"approximate"}}  | [{"a":1},{"a":9},{"a":"x"}]        | [1.0,9.0,9.0]
    {"$percentile":{"input":"$a","p":[0.5],"method":"continuous"}}       | [{"a":1},{"a":2}]                  | [1.5]
  `;
  for (const [accumulator, input, expected] of tableRows(rows)) {
    const found = run(`[{"$group":{"_id":null,"v":${accumulator}}},{"$project":{"_id":0}}]`, input!);
    assert.equal(found, `[{"v":${expected}}]`, accumulator);
  }
});

test('$lookup, $graphLookup and $unionWith', () => {
  check(`
    [{"$lookup":{"from":"o","localField":"a","foreignField":"_id","as":"f"}},{"$project":{"f._id":1}}] | [{"a":"x"},{"a":["y","z","y"]},{"a":[]},{}] | [{"f":[{"_id":"x"}]},{"f":[{"_id":"y"},{"_id":"z"}]},{"f":[]},{"f":[]}]
    [{"$lookup":{"from":"o","localField":"a","foreignField":"n","as":"f"}},{"$project":{"f._id":1}}]   | [{"a":1},{"a":[1,3]},{}]                    | [{"f":[{"_id":"x"},{"_id":"z"}]},{"f":[{"_id":"x"},{"_id":"z"}]},{"f":[{"_id":"q"}]}]
    [{"$lookup":{"from":"o","localField":"a","foreignField":"n","as":"f.g","let":{"v":"$b"},"pipeline":[{"$match":{"$expr":{"$eq":["$_id","$$v"]}}},{"$count":"k"}]}}] | [{"a":1,"b":"z"}] | [{"a":1,"b":"z","f":{"g":[{"k":1}]}}]
    [{"$lookup":{"from":"o","let":{"v":"$a"},"pipeline":[{"$match":{"$expr":{"$gt":["$n","$$v"]}}},{"$project":{"_id":1}}],"as":"f"}}] | [{"a":1},{"a":2}] | [{"a":1,"f":[{"_id":"y"},{"_id":"z"}]},{"a":2,"f":[{"_id":"z"}]}]
    [{"$lookup":{"pipeline":[{"$documents":[{"k":1}]}],"as":"f"}}]                                     | [{"a":1}]                                   | [{"a":1,"f":[{"k":1}]}]
    [{"$graphLookup":{"from":"o","startWith":"$a","connectFromField":"next","connectToField":"_id","as":"f","depthField":"d"}},{"$project":{"f._id":1,"f.d":1}}] | [{"a":"x"}] | [{"f":[{"_id":"x","d":0},{"_id":"y","d":1},{"_id":"z","d":2}]}]
    [{"$graphLookup":{"from":"o","startWith":"$a","connectFromField":"next","connectToField":"_id","as":"f","maxDepth":1,"restrictSearchWithMatch":{"n":{"$lt":3}}}},{"$project":{"f._id":1}}] | [{"a":"x"}] | [{"f":[{"_id":"x"},{"_id":"y"}]}]
    [{"$unionWith":"o"},{"$count":"k"}]                                                                | [{"a":1}]                                   | [{"k":5}]
    [{"$unionWith":{"coll":"o","pipeline":[{"$match":{"n":2}},{"$unset":"next"}]}}]                    | [{"a":1}]                                   | [{"a":1},{"_id":"y","n":2}]
    [{"$documents":[{"a":1},{"a":{"$add":[1,1]}}]}]                                                    | []                                          | [{"a":1},{"a":2}]
  `);
});

test('$facet, $bucket and $bucketAuto', () => {
  check(`
    [{"$facet":{"n":[{"$count":"k"}],"top":[{"$sort":{"a":-1}},{"$limit":1}]}}] | [{"a":1},{"a":2}]        | [{"n":[{"k":2}],"top":[{"a":2}]}]
    [{"$facet":{"n":[{"$count":"k"}]}}]                                         | []                       | [{"n":[]}]
    [{"$bucket":{"groupBy":"$a","boundaries":[0,2,4]}}]                         | [{"a":3},{"a":0},{"a":2}] | [{"_id":0,"count":1},{"_id":2,"count":2}]
    [{"$bucket":{"groupBy":"$a","boundaries":[0,2],"default":"rest","output":{"s":{"$sum":"$a"}}}}] | [{"a":1},{"a":9},{}] | [{"_id":0,"s":1},{"_id":"rest","s":9}]
    [{"$bucketAuto":{"groupBy":"$a","buckets":2}}]                              | [{"a":1},{"a":2},{"a":3},{"a":4}] | [{"_id":{"min":1,"max":3},"count":2},{"_id":{"min":3,"max":4},"count":2}]
    [{"$bucketAuto":{"groupBy":"$a","buckets":3}}]                              | [{"a":1},{"a":1},{"a":1},{"a":2}] | [{"_id":{"min":1,"max":2},"count":3},{"_id":{"min":2,"max":2},"count":1}]
  `);
});

test('$setWindowFields', () => {
  const input = '[{"p":1,"t":1,"n":10},{"p":2,"t":1,"n":7},{"p":1,"t":3,"n":30},{"p":1,"t":2,"n":20}]';
  const rows = `
    {"$sum":"$n"}                                                    | [60,60,60,7]
    {"$sum":"$n","window":{"documents":["unbounded","current"]}}     | [10,30,60,7]
    {"$avg":"$n","window":{"documents":[-1,0]}}                      | [10.0,15.0,25.0,7.0]
    {"$push":"$n","window":{"documents":["unbounded","current"]}}    | [[10],[10,20],[10,20,30],[7]]
    {"$push":"$n","window":{"documents":["current",1]}}              | [[10,20],[20,30],[30],[7]]
    {"$push":"$n","window":{"range":[-1,0]}}                         | [[10],[10,20],[20,30],[7]]
    {"$max":"$n","window":{"documents":[1,1]}}                       | [20,30,null,null]
    {"$documentNumber":{}}                                           | [1,2,3,1]
    {"$shift":{"output":"$n","by":1,"default":0}}                    | [20,30,0,0]
    {"$shift":{"output":"$n","by":-1}}                               | [null,10,20,null]
    {"$expMovingAvg":{"input":"$n","alpha":0.5}}                     | [10.0,15.0,22.5,7.0]
    {"$derivative":{"input":"$n"},"window":{"documents":[-1,0]}}     | [null,10.0,10.0,null]
    {"$integral":{"input":"$n"},"window":{"documents":["unbounded","current"]}} | [0.0,15.0,40.0,0.0]
    {"$covariancePop":["$t","$n"]}                                   | [6.666666666666667,6.666666666666667,6.666666666666667,0.0]
    {"$locf":"$n"}                                                   | [10,20,30,7]
  `;
  for (const [output, expected] of tableRows(rows)) {
    const stage = `{"$setWindowFields":{"partitionBy":"$p","sortBy":{"t":1},"output":{"v":${output}}}}`;
    const found = parseValue(run(`[${stage},{"$project":{"v":1}}]`, input)) as Document[];
    assert.equal(toStored(found.map((document) => document.get('v')!)), expected, output);
  }
  check(`
    [{"$setWindowFields":{"sortBy":{"a":-1},"output":{"r":{"$rank":{}},"d.e":{"$denseRank":{}}}}}] | [{"a":5},{"a":7},{"a":5},{"a":1}] | [{"a":7,"r":1,"d":{"e":1}},{"a":5,"r":2,"d":{"e":2}},{"a":5,"r":2,"d":{"e":2}},{"a":1,"r":4,"d":{"e":3}}]
    [{"$setWindowFields":{"sortBy":{"t":1},"output":{"n":{"$sum":1,"window":{"range":[-1,0],"unit":"month"}}}}}] | [{"t":{"$date":0}},{"t":{"$date":2678400000}},{"t":{"$date":2678400001}}] | [{"t":{"$date":0},"n":1},{"t":{"$date":2678400000},"n":2},{"t":{"$date":2678400001},"n":2}]
    [{"$setWindowFields":{"sortBy":{"t":1},"output":{"n":{"$sum":1,"window":{"range":[-1,0],"unit":"day"}}}}}] | [{"t":{"$date":0}},{"t":{"$date":86400000}},{"t":{"$date":864000000}}] | [{"t":{"$date":0},"n":1},{"t":{"$date":86400000},"n":2},{"t":{"$date":864000000},"n":1}]
  `);
});

test('$densify and $fill', () => {
  check(`
    [{"$densify":{"field":"a","range":{"step":2,"bounds":"full"}}}]             | [{"a":5,"b":1},{"a":0},{"b":2}]        | [{"b":2},{"a":0},{"a":2},{"a":4},{"a":5,"b":1}]
    [{"$densify":{"field":"a","range":{"step":1,"bounds":[1,4]}}}]              | [{"a":2},{"a":9}]                      | [{"a":1},{"a":2},{"a":3},{"a":9}]
    [{"$densify":{"field":"a","partitionByFields":["p"],"range":{"step":1,"bounds":"partition"}}}] | [{"p":1,"a":1},{"p":2,"a":5},{"p":1,"a":3}] | [{"p":1,"a":1},{"p":1,"a":2},{"p":1,"a":3},{"p":2,"a":5}]
    [{"$densify":{"field":"a","partitionByFields":["p"],"range":{"step":1,"bounds":"full"}}}]      | [{"p":1,"a":1},{"p":2,"a":2}] | [{"p":1,"a":1},{"p":1,"a":2},{"p":2,"a":1},{"p":2,"a":2}]
    [{"$densify":{"field":"t","range":{"step":1,"unit":"hour","bounds":"full"}}}] | [{"t":{"$date":0}},{"t":{"$date":7200000}}] | [{"t":{"$date":0}},{"t":{"$date":3600000}},{"t":{"$date":7200000}}]
    [{"$densify":{"field":"t","range":{"step":1,"unit":"month","bounds":"full"}}},{"$project":{"d":{"$dateToString":{"date":"$t","format":"%m-%d"}}}}] | [{"t":{"$date":2592000000}},{"t":{"$date":7776000000}}] | [{"d":"01-31"},{"d":"02-28"},{"d":"03-31"},{"d":"04-01"}]
    [{"$fill":{"output":{"a":{"value":0},"b":{"value":"$a"}}}}]                 | [{"a":null,"b":1},{"a":2}]             | [{"a":0,"b":1},{"a":2,"b":2}]
    [{"$fill":{"sortBy":{"t":1},"output":{"a":{"method":"locf"}}}}]             | [{"t":2},{"t":1,"a":5},{"t":0}]        | [{"t":0,"a":null},{"t":1,"a":5},{"t":2,"a":5}]
    [{"$fill":{"sortBy":{"t":1},"output":{"a":{"method":"linear"}}}}]           | [{"t":0,"a":1},{"t":1},{"t":4,"a":9},{"t":5}] | [{"t":0,"a":1},{"t":1,"a":3.0},{"t":4,"a":9},{"t":5,"a":null}]
    [{"$fill":{"partitionByFields":["p"],"sortBy":{"t":1},"output":{"a":{"method":"locf"}}}}]      | [{"p":1,"t":0,"a":1},{"p":2,"t":1},{"p":1,"t":2}] | [{"p":1,"t":0,"a":1},{"p":1,"t":2,"a":1},{"p":2,"t":1,"a":null}]
  `);
});

test('what is wrong says what to write', () => {
  assertErrors(
    `
    {}                                                     | invalid_pipeline | list of stages
    [1]                                                    | invalid_pipeline | one field
    [{"$match":{},"$limit":1}]                             | invalid_pipeline | one field
    [{"$mach":{}}]                                         | unknown_operator | did you mean $match?
    [{"$geoNear":{}}]                                      | invalid_pipeline | needs the field
    [{"$changeStream":{}}]                                 | not_implemented  | $changeStream
    [{"$match":5}]                                         | invalid_pipeline | a filter
    [{"$match":{"a":{"$gr":1}}}]                           | unknown_operator | $gt
    [{"$project":{}}]                                      | invalid_pipeline | no field
    [{"$project":{"a":1,"b":0}}]                           | invalid_pipeline | leaves out "b"
    [{"$project":{"a":1,"a.b":1}}]                         | invalid_pipeline | keep one
    [{"$set":{"$a":1}}]                                    | invalid_pipeline | no path
    [{"$group":{"n":{"$sum":1}}}]                          | invalid_pipeline | needs "_id"
    [{"$group":{"_id":1,"n":{"$summ":1}}}]                 | unknown_operator | did you mean $sum?
    [{"$group":{"_id":1,"n":1}}]                           | invalid_pipeline | one accumulator
    [{"$group":{"_id":1,"a.b":{"$sum":1}}}]                | invalid_pipeline | no name for a field
    [{"$limit":0}]                                         | invalid_pipeline | from 1 on
    [{"$skip":-1}]                                         | invalid_pipeline | from 0 on
    [{"$sort":{}}]                                         | invalid_pipeline | no field
    [{"$count":"$n"}]                                      | invalid_pipeline | no name
    [{"$unwind":"a"}]                                      | invalid_pipeline | "$a"
    [{"$lookup":{"from":"o","as":"f"}}]                    | invalid_pipeline | localField
    [{"$lookup":{"form":"o","as":"f"}}]                    | invalid_pipeline | Did you mean "from"?
    [{"$lookup":{"from":"none","localField":"a","foreignField":"b","as":"f"}}] | unknown_collection | none
    [{"$limit":1},{"$documents":[]}]                       | invalid_pipeline | the first stage
    [{"$facet":{"a":[{"$facet":{"b":[]}}]}}]               | invalid_pipeline | inside $facet
    [{"$bucket":{"groupBy":"$a","boundaries":[1,1]}}]      | invalid_pipeline | do not ascend
    [{"$bucket":{"groupBy":"$a","boundaries":[5,6]}}]      | invalid_pipeline | in no bucket
    [{"$setWindowFields":{"output":{"r":{"$rank":{}}}}}]   | invalid_pipeline | needs a "sortBy"
    [{"$setWindowFields":{"output":{"r":{"$rang":{}}}}}]   | unknown_operator | did you mean $rank?
    [{"$setWindowFields":{"sortBy":{"a":1},"output":{"r":{"$sum":1,"window":{"documents":[1,0]}}}}}] | invalid_pipeline | the lower one first
    [{"$densify":{"field":"a","range":{"step":0,"bounds":"full"}}}]        | invalid_pipeline | above 0
    [{"$setWindowFields":{"sortBy":{"a":1},"output":{"r":{"$derivative":{"input":"$a","unit":"year"}}}}}] | invalid_pipeline | a week or less
    [{"$densify":{"field":"a","range":{"step":0.000001,"bounds":[0,9]}}}]  | invalid_pipeline | a larger step
    [{"$fill":{"output":{"a":{"method":"guess"}}}}]        | invalid_pipeline | locf
    [{"$replaceWith":"$a"}]                                | invalid_pipeline | takes an object
    [{"$group":{"_id":1,"n":{"$topN":{"n":0,"sortBy":{"a":1},"output":1}}}}] | invalid_pipeline | from 1 on
    `,
    (pipeline) => run(pipeline, '[{"a":1}]'),
  );
});

test('what blocking stages hold is bounded together', () => {
  const input = JSON.stringify(Array.from({ length: 100 }, (_, n) => ({ a: n, text: 'x'.repeat(100) })));
  const stages = [
    '{"$sort":{"a":1}}',
    '{"$group":{"_id":"$a"}}',
    '{"$facet":{"x":[]}}',
    '{"$group":{"_id":1,"l":{"$push":"$text"}}}',
  ];
  for (const stage of stages) {
    assert.ok(run(`[${stage}]`, input, new MemoryBudget(100_000)).length > 100);
    assert.throws(() => run(`[${stage}]`, input, new MemoryBudget(3000)), { code: 'pipeline_too_large' });
  }
  const limited = '[{"$sort":{"a":-1}},{"$limit":3},{"$project":{"a":1}}]';
  assert.equal(run(limited, input, new MemoryBudget(3000)), '[{"a":99},{"a":98},{"a":97}]');
});

import { featuresOf } from './features.ts';
import type { Request } from './request.ts';
import { tableRows } from './table-rows.ts';

/**
 * Where an implementation of another house differs from MongoDB, whose manual decides: `who | where it may differ: in requests that have all
 * of these (see featuresOf) | documents | request | what the reference gives | what the other gives | the page of the manual and its words`.
 */
const TABLE = `
  mingo | $count | [] | {"kind":"aggregate","pipeline":[{"$count":"n"}]} | [] | [{"n":0}] | $count: "equivalent to the following $group + $project sequence", which gives nothing for no documents
  mingo | $bucket | [{"_id":0,"n":0},{"_id":1,"n":2}] | {"kind":"aggregate","pipeline":[{"$bucket":{"groupBy":"$n","boundaries":[0,2,4]}}]} | [{"_id":0,"count":1},{"_id":2,"count":1}] | [{"_id":0,"count":2},{"_id":2,"count":0}] | $bucket: "an inclusive lower boundary and an exclusive upper boundary"
  mingo | $group $addToSet | [{"_id":0}] | {"kind":"aggregate","pipeline":[{"$group":{"_id":null,"v":{"$addToSet":"$n"}}}]} | [{"_id":null,"v":[]}] | [{"_id":null,"v":[null]}] | $addToSet: "all the values found in the selected field", of which a document without it has none
  mingo | $group $push | [{"_id":0}] | {"kind":"aggregate","pipeline":[{"$group":{"_id":null,"v":{"$push":"$n"}}}]} | [{"_id":null,"v":[]}] | [{"_id":null,"v":[null]}] | no sentence; as $addToSet
  mingo | $group $stdDevPop | [{"_id":0}] | {"kind":"aggregate","pipeline":[{"$group":{"_id":null,"v":{"$stdDevPop":"$n"}}}]} | [{"_id":null,"v":null}] | [{"_id":null,"v":{"$numberDouble":"NaN"}}] | $stdDevPop: "returns null" when there are only non-numeric values
  mingo | $group $max | [{"_id":0,"n":[1]},{"_id":1,"n":2}] | {"kind":"aggregate","pipeline":[{"$group":{"_id":null,"v":{"$max":"$n"}}}]} | [{"_id":null,"v":[1]}] | [{"_id":null,"v":2}] | $max: in the $group stage, an array is not traversed but compared as a whole
  mingo | $group $min | [{"_id":0,"n":[1]},{"_id":1,"n":2}] | {"kind":"aggregate","pipeline":[{"$group":{"_id":null,"v":{"$min":"$n"}}}]} | [{"_id":null,"v":2}] | [{"_id":null,"v":[1]}] | $min: the same
  mingo | $set dots | [{"_id":0,"c":[{"x":1}]}] | {"kind":"aggregate","pipeline":[{"$set":{"c.z":1}}]} | [{"_id":0,"c":[{"x":1,"z":1}]}] | [{"_id":0,"c":[{"x":1}]}] | $set: a path with dots adds the field to embedded documents, those in arrays too
  mingo | projection $slice | [{"_id":0,"a":1,"b":[1,2]}] | {"kind":"find","filter":{},"projection":{"b":{"$slice":1}}} | [{"_id":0,"a":1,"b":[1]}] | [{"_id":0,"b":[1]}] | $slice (projection): "The $slice projection by itself is considered an exclusion"
  mingo | projection digits | [{"_id":0,"b":[1]}] | {"kind":"find","filter":{},"projection":{"b.0":1}} | [{"_id":0,"b":[]}] | [{"_id":0,"b":[1]}] | no sentence; a number in the path of a projection is the name of a field
  mingo | projection dots | [{"_id":0,"d":[]}] | {"kind":"find","filter":{},"projection":{"d.x":"$_id"}} | [{"_id":0,"d":[]}] | [{"_id":0,"d":{"x":0}}] | $project: a path with dots computes the field in every embedded document
  mingo | sort | [{"_id":0,"b":[{"z":1}]},{"_id":1,"b":[{},{"$date":0}]}] | {"kind":"find","filter":{},"sort":{"b":-1,"_id":1}} | [{"_id":1,"b":[{},{"$date":0}]},{"_id":0,"b":[{"z":1}]}] | [{"_id":0,"b":[{"z":1}]},{"_id":1,"b":[{},{"$date":0}]}] | Comparison order: "a descending sort compares the largest element of the arrays"
  mingo | $sort | [{"_id":0,"b":[{"z":1}]},{"_id":1,"b":[{},{"$date":0}]}] | {"kind":"aggregate","pipeline":[{"$sort":{"b":-1,"_id":1}},{"$limit":1}]} | [{"_id":1,"b":[{},{"$date":0}]}] | [{"_id":0,"b":[{"z":1}]}] | the same
  mingo | range list | [{"_id":0,"b":[1]}] | {"kind":"find","filter":{"b":{"$gt":[]}}} | [{"_id":0,"b":[1]}] | [] | Comparison order: "Comparison query operators, such as $lt and $gt, perform lexicographical comparisons of arrays"
  mingo | $mod | [{"_id":0,"n":[-2.25]}] | {"kind":"find","filter":{"n":{"$mod":[-2,0]}}} | [{"_id":0,"n":[-2.25]}] | [] | $mod: "rounds decimal input towards zero"
  mingo | bits | [{"_id":0,"n":-2.25}] | {"kind":"find","filter":{"n":{"$bitsAnySet":[3]}}} | [] | [{"_id":0,"n":-2.25}] | $bitsAnySet: "will not match numerical values that cannot be represented as a signed 64-bit integer [...] if it has a fractional component"
  mingo | $not | [{"_id":0,"d":""}] | {"kind":"find","filter":{"$expr":{"$not":["$d"]}}} | [] | [{"_id":0,"d":""}] | $not (expression): false, null, 0 and undefined count as false, all other values as true
  mingo | $unwind | [{"_id":0,"b":""}] | {"kind":"aggregate","pipeline":[{"$unwind":"$b"}]} | [{"_id":0,"b":""}] | [] | $unwind: "When the operand does not resolve to an array, but is not missing, null, or an empty array, $unwind treats the operand as a single element array"
  mingo | computed digits | [{"_id":0,"b":[1]}] | {"kind":"aggregate","pipeline":[{"$replaceWith":{"v":"$b.0"}}]} | [{"v":[]}] | [{"v":1}] | no sentence; a number in the path of an expression is the name of a field
  mingo | digits null | [{"_id":0,"b":[]}] | {"kind":"find","filter":{"b.0":null}} | [] | [{"_id":0,"b":[]}] | no sentence; an empty array has no element to be null
  mingo | $type | [{"_id":0,"d":10000000000.0}] | {"kind":"aggregate","pipeline":[{"$replaceWith":{"v":{"$type":"$d"}}}]} | [{"v":"double"}] | [{"v":"long"}] | $type: types of numbers, which plain JavaScript does not tell apart
  mingo | $expr range | [{"_id":0,"b":[]}] | {"kind":"find","filter":{"$expr":{"$lt":["$n","$b"]}}} | [{"_id":0,"b":[]}] | [] | Comparison operators of expressions: "compare both value and type, using the specified BSON comparison order for values of different types"
  mingo | range object | [{"_id":0,"c":{"y":[]}}] | {"kind":"find","filter":{"c":{"$lte":{"z":-2}}}} | [] | [{"_id":0,"c":{"y":[]}}] | Comparison order of objects: "Recursively compare key-value pairs in the order that they appear", the types first
  mingo | update $min | [{"_id":0,"d":[]}] | {"kind":"update","filter":{},"multi":true,"update":{"$min":{"d":-2.25}}} | [{"_id":0,"d":-2.25}] | [{"_id":0,"d":[]}] | $min (update): "for comparison between values of different types, such as a number and a null, $min uses the BSON comparison order"
  mingo | update $max | [{"_id":0,"d":[]}] | {"kind":"update","filter":{},"multi":true,"update":{"$max":{"d":0}}} | [{"_id":0,"d":[]}] | [{"_id":0,"d":0}] | $max (update): the same
  mingo | update $addToSet | [{"_id":0,"b":[3,3]}] | {"kind":"update","filter":{},"multi":true,"update":{"$addToSet":{"b":7}}} | [{"_id":0,"b":[3,3,7]}] | [{"_id":0,"b":[3,3]}] | $addToSet (update): "does not affect existing duplicate elements"
  mingo | $all | [{"_id":0,"n":-2.25}] | {"kind":"find","filter":{"n":{"$all":[-2.25]}}} | [{"_id":0,"n":-2.25}] | [] | $all: "{ tags: { $all: [ "ssl" , "security" ] } } is equivalent to: { $and: [ { tags: "ssl" }, { tags: "security" } ] }"
  mingo | $lookup | [{"_id":0,"n":[2,5]}] | {"kind":"aggregate","pipeline":[{"$lookup":{"from":"o","localField":"n","foreignField":"_id","as":"f"}}]} | [{"_id":0,"f":[],"n":[2,5]}] | {"unsupported":"AerolithError: A value of type undefined cannot be stored; turn it into a plain object or a string."} | $lookup: "If the localField is an array, you can match the array elements against a scalar foreignField without an $unwind stage"
  mingo | $expr $in | [{"_id":0}] | {"kind":"find","filter":{"$expr":{"$in":["$c",["$b"]]}}} | [] | [{"_id":0}] | Comparison order of expressions: a missing value is no null
  mingo | $expr $eq | [{"_id":0,"a":null}] | {"kind":"find","filter":{"$expr":{"$eq":["$a","$d"]}}} | [] | [{"_id":0,"a":null}] | the same
  mingo | $expr $ne | [{"_id":0,"a":1,"d":[1]}] | {"kind":"find","filter":{"$expr":{"$ne":["$d","$a"]}}} | [{"_id":0,"a":1,"d":[1]}] | [] | Comparison operators of expressions: "compare both value and type"
  mingo | $elemMatch object | [{"_id":0,"c":[5,{"x":1},3]}] | {"kind":"find","filter":{"c":{"$elemMatch":{"y":3}}}} | [] | [{"_id":0,"c":[5,{"x":1},3]}] | $elemMatch: "matches documents that contain an array field with at least one element that matches all the specified query criteria"; no element has the field
  mingo | $elemMatch dots | [{"_id":0,"c":[{"y":"ab"}]}] | {"kind":"find","filter":{"c.y":{"$elemMatch":{"$nin":[]}}}} | [] | [{"_id":0,"c":[{"y":"ab"}]}] | $elemMatch: "matches documents that contain an array field with at least one element that matches"; the field is no array
  mingo | null dots | [{"_id":0,"b":[{}]}] | {"kind":"find","filter":{"b.x.y":null}} | [{"_id":0,"b":[{}]}] | [] | Query for Null or Missing Fields: "matches documents that either contain the item field whose value is null or that do not contain the item field"
  mingo | list dots | [{"_id":0,"c":[]}] | {"kind":"find","filter":{"c.y":[]}} | [] | [{"_id":0,"c":[]}] | no sentence; a path through an empty array leads to nothing
  mingo | $exists digits | [{"_id":0,"c":[]}] | {"kind":"find","filter":{"c.x.0":{"$exists":false}}} | [{"_id":0,"c":[]}] | [] | $exists: "If <boolean> is false, the query returns only the documents that do not contain the field"
  mingo | $in list | [{"_id":0,"d":[0.5]}] | {"kind":"find","filter":{"d":{"$in":[[0.5]]}}} | [{"_id":0,"d":[0.5]}] | [] | Query an Array: "specify equality condition on an array, use the query document { <field>: <value> } where <value> is the exact array to match"
  mingo | $size dots | [{"_id":0,"d":[{"x":"ab"}]}] | {"kind":"find","filter":{"d.x":{"$size":1}}} | [] | [{"_id":0,"d":[{"x":"ab"}]}] | $size: "matches any array with the number of elements specified by the argument"; what stands at the path is no array
  FerretDB | bits | [{"_id":0,"b":[-1]}] | {"kind":"find","filter":{"b":{"$bitsAllSet":12}}} | [{"_id":0,"b":[-1]}] | [] | $bitsAllSet: "Numbers are sign extended"
  FerretDB | $mod | [{"_id":0,"b":[7]}] | {"kind":"find","filter":{"b":{"$mod":[2,1]}}} | [{"_id":0,"b":[7]}] | [] | $mod: "Select documents where the value of a field divided by a divisor has the specified remainder", as of any field that holds an array
  FerretDB | object | [{"_id":0,"b":[{"x":1}]}] | {"kind":"find","filter":{"b":{"x":1}}} | [{"_id":0,"b":[{"x":1}]}] | [] | Query an Array of Embedded Documents: "selects all documents where an element in the [...] array matches the specified document"
  FerretDB | sort dots | [{"_id":0},{"_id":1,"b":[{"x":1}]}] | {"kind":"find","filter":{},"sort":{"b.x":-1,"_id":1}} | [{"_id":1,"b":[{"x":1}]},{"_id":0}] | [{"_id":0},{"_id":1,"b":[{"x":1}]}] | Comparison order: "a descending sort compares the largest element of the arrays"
  FerretDB | $sort dots | [{"_id":0},{"_id":1,"b":[{"x":1}]}] | {"kind":"aggregate","pipeline":[{"$sort":{"b.x":-1,"_id":1}},{"$limit":1}]} | [{"_id":1,"b":[{"x":1}]}] | [{"_id":0}] | the same
  FerretDB | $set computed | [{"_id":0}] | {"kind":"aggregate","pipeline":[{"$set":{"w":"$a"}}]} | [{"_id":0}] | [{"_id":0,"w":"$a"}] | $set (aggregation): an expression that is missing adds no field
  FerretDB | projection computed | [{"_id":0,"a":1}] | {"kind":"find","filter":{},"projection":{"z":"$a"}} | [{"_id":0,"z":1}] | [{"_id":0,"z":"$a"}] | Projection: a value that is no flag is an expression
  FerretDB | $unset digits | [{"_id":0,"b":[1,2]}] | {"kind":"update","filter":{},"multi":true,"update":{"$unset":{"b.1":""}}} | [{"_id":0,"b":[1,null]}] | [{"_id":0,"b":[1]}] | $unset: "replaces the matching element with null rather than removing the matching element from the array"
  FerretDB | null dots | [{"_id":0,"b":[]}] | {"kind":"find","filter":{"b.x":null}} | [] | [{"_id":0,"b":[]}] | no sentence; an empty array has no element that lacks the field
  FerretDB | $regex | [{"_id":0,"n":"a"}] | {"kind":"find","filter":{"n":{"$regex":"^a","$size":0}}} | [] | [{"_id":0,"n":"a"}] | Specify AND: several operators on one field must all hold
  FerretDB | $unwind | [{"_id":0,"b":[{}],"n":1}] | {"kind":"aggregate","pipeline":[{"$unwind":"$b"}]} | [{"_id":0,"b":{},"n":1}] | [{"_id":0,"b":{}}] | $unwind: "Each output document is the input document with the value of the array field replaced by the element"
  FerretDB | $nin dots | [{"_id":0,"b":[{"x":5},{"x":1}]}] | {"kind":"find","filter":{"b.x":{"$nin":[1]}}} | [] | [{"_id":0,"b":[{"x":5},{"x":1}]}] | $nin: "If the field holds an array, then the $nin operator selects the documents whose field holds an array with no element equal to a value in the specified array"
  FerretDB | range dots | [{"_id":0,"b":[{"x":1},{"x":""}]}] | {"kind":"find","filter":{"b.x":{"$gte":0,"$lt":"a"}}} | [{"_id":0,"b":[{"x":1},{"x":""}]}] | [] | Query an Array: one element may satisfy one condition and another element the other
  FerretDB | update $push | [{"_id":0}] | {"kind":"update","filter":{},"multi":true,"update":{"$push":{"b":{"$each":[]}}}} | [{"_id":0,"b":[]}] | [{"_id":0}] | $push: "If the field is absent in the document to update, $push adds the array field"
  FerretDB | $rename | [{"_id":0,"c":1}] | {"kind":"update","filter":{},"multi":true,"update":{"$rename":{"c":"r"},"$set":{"new":1}}} | [{"_id":0,"new":1,"r":1}] | [{"_id":0,"r":1,"new":1}] | Update operators: "process document fields with string-based names in lexicographic order"
  FerretDB | $pull | [{"_id":0,"b":[-1]}] | {"kind":"update","filter":{},"multi":true,"update":{"$pull":{"b":{"$in":[-1]}}}} | [{"_id":0,"b":[]}] | [{"_id":0,"b":[-1]}] | $pull: "removes from an existing array all instances of a value or values that match a specified condition"
`;

export type KnownDifference = {
  readonly oracle: string;
  readonly features: readonly string[];
  readonly documents: string;
  readonly request: string;
  readonly ours: string;
  readonly theirs: string;
};

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = tableRows(TABLE).map(
  ([oracle = '', features = '', documents = '', request = '', ours = '', theirs = '']) => ({
    oracle,
    features: features.split(' '),
    documents,
    request,
    ours,
    theirs,
  }),
);

/** Whether the request asks for what the implementation is known to differ in. */
export function isKnown(oracle: string, request: Request): boolean {
  const features = featuresOf(request);
  return KNOWN_DIFFERENCES.some((row) => row.oracle === oracle && row.features.every((feature) => features.has(feature)));
}

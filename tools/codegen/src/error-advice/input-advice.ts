import type { ErrorCode } from '@aerolithdb/protocol';
import type { Advice } from './advice.ts';

/** Advice for what is wrong with the input itself. */
export const INPUT_ADVICE = {
  invalid_json: {
    causes: 'A comma or a quote is missing, a key stands without quotes in an HTTP body, or the text is not UTF-8.',
    remedy:
      'Go to the line and column that the error names. Over HTTP keys need double quotes; only the command line takes `{name: 1}`.',
  },
  duplicate_key: {
    causes: 'An object was put together by hand, or by a program that appends fields instead of setting them.',
    remedy: 'Keep one of the two fields. Readers of JSON differ in which one they take, so none is chosen for you.',
  },
  invalid_field_name: {
    causes: 'A field name begins with `$` at the top level of a document, is one that types are written with, or is `__proto__`.',
    remedy: 'Rename the field. To change a document by operators use an update, not a replace.',
  },
  invalid_value: {
    causes:
      'A wrapper such as `{"$date": …}` has the wrong content or a second field, a number has more than 64 bits, or a JavaScript value has no place in a document.',
    remedy:
      'Write the type as the table in [documents](documents.md#types) shows. Keep numbers beyond 64 bits as `$numberDecimal` or as a string.',
  },
  too_deep: {
    causes: 'A tree is stored with its branches nested, or a JavaScript object holds itself.',
    remedy: 'Flatten it: one document a node, each with the `_id` of its parent. See [data modelling](data-modelling.md).',
  },
  document_too_large: {
    causes: 'An array in the document grows without end, or a file is stored in a field.',
    remedy:
      'Give the elements of the array documents of their own; keep files elsewhere and their address here. The number is in [limits](../reference/limits.md).',
  },
  batch_too_large: {
    causes: 'One insert, transaction or command holds more documents or bytes than the limit.',
    remedy: 'Send several batches, or use `aerolith import`, which makes them. `details` has the count and the limit.',
  },
  too_many_changes: {
    causes: 'An update or delete of many documents stands in a transaction, which must be one command.',
    remedy: 'Narrow the filter, or do it outside of a transaction: there a large update goes on in further commands.',
  },
  invalid_id: {
    causes: 'The `_id` is an array, a regular expression or too long; a document of an import has no field to take it from.',
    remedy: 'Use a string, a number or an ObjectId. Leave `_id` out to have one made.',
  },
  immutable_id: {
    causes: 'A replace or an update names another `_id` than that of the document.',
    remedy:
      'Leave `_id` out of it. To move a document to another `_id`, insert a new one and delete the old one in one transaction.',
  },
  invalid_filter: {
    causes:
      'An operator has an operand of the wrong type, or stands where a field belongs; in TypeScript, a value is `undefined`.',
    remedy: 'Read the sentence: it names the operator and what it takes. The operators are in [queries](queries.md#operators).',
  },
  invalid_update: {
    causes:
      'An operator does not fit the value that is there (`$inc` of a text), two operators change the same path, or there is no operator at all.',
    remedy:
      'Read the sentence: it names the operator and the path. To put a whole document in place, replace it. See [updates](updates.md).',
  },
  invalid_expression: {
    causes:
      'An operator of an expression got too few arguments, a value of another type (`$add` of a text), or something it cannot compute (a division by zero); a variable or path is misspelt; or it takes too many steps on one document of a write.',
    remedy:
      'Read the sentence: it names the operator. For values of mixed types use `$convert` with `onError`, `$ifNull` or `$cond`. What takes too many steps for a write, ask in a query, and write by `_id`. See [expressions](../reference/expressions.md).',
  },
  invalid_projection: {
    causes: 'A projection both picks fields and leaves fields out, or names a path together with a part of it.',
    remedy: 'Either `{"name": 1, "age": 1}` or `{"history": 0}`; only `_id` may be left out of the first kind.',
  },
  invalid_sort: {
    causes: 'A direction is not 1 or -1, or the sort names too many paths.',
    remedy: 'Write `{"age": -1, "name": 1}`.',
  },
  invalid_pipeline: {
    causes:
      'A stage lacks a field, has one of the wrong type, or meets a document that it cannot work on, such as a new root that is no object.',
    remedy: 'Read the sentence: it names the stage and what it takes. All of them are in [aggregation](aggregation.md).',
  },
  unknown_operator: {
    causes: 'A misspelt operator, an operator of an update in a filter or the other way round, or one that does not exist here.',
    remedy:
      'Take the operator that the sentence proposes, or one out of [queries](queries.md#operators) or [updates](updates.md).',
  },
  invalid_regex: {
    causes: 'The pattern has a mistake, or uses look-around or back-references, which cannot be matched in linear time.',
    remedy:
      'Write it without them: several conditions under `$and` and `$not` often say the same. See [limits](../reference/limits.md) for its length.',
  },
  invalid_geometry: {
    causes:
      'A field that an index of kind `2dsphere` is on holds something else than a GeoJSON geometry or `[longitude, latitude]`, or a geometry with a mistake: a ring that is open or crosses itself, a latitude beyond 90.',
    remedy: 'Mend what the sentence names; see [places](geo.md). Leave the field out where there is no place.',
  },
  invalid_index: {
    causes:
      'A direction is not 1 or -1, a path is malformed or named twice, the index is on `_id`, or two of its paths go through arrays.',
    remedy: 'Write `{"country": 1, "population": -1}`. Make two indexes where two arrays are concerned.',
  },
  invalid_vector: {
    causes:
      'A field with a vector index, or a query vector, is no list of as many finite numbers as the index has dimensions, or has only zeros where the index compares angles.',
    remedy: 'Use the model whose vectors the index was made for. Leave the field out, or null, where a document has no vector.',
  },
  invalid_schema: {
    causes: 'The JSON Schema has a mistake, or uses a keyword or reference that is not taken.',
    remedy: 'Mend what the sentence names; check the schema against JSON Schema 2020-12.',
  },
  invalid_name: {
    causes: 'A name is empty, too long, begins with `$` or holds a character that is not allowed.',
    remedy: 'The sentence names the rule. Letters, digits, `_` and `-` always do.',
  },
  invalid_command: {
    causes: 'A command holds nothing to do, options that contradict each other, or an `Idempotency-Key` that is malformed.',
    remedy: 'Read the sentence: it names the part. A program that uses a client of AerolithDB should not meet it.',
  },
  invalid_cursor: {
    causes: 'A cursor was changed, kept for another query, or sent with another filter or sort.',
    remedy: 'Send the very query that gave the cursor; else begin without one.',
  },
  invalid_position: {
    causes:
      '`at` or `since` is malformed, or lies ahead of the log: often a position that was kept from another server or an older data folder.',
    remedy: 'Ask `/v1/status` for the height. When the data is new, begin a stream at 0 and forget the position.',
  },
  invalid_request: {
    causes: 'A field or parameter is misspelt, missing or of the wrong type.',
    remedy:
      'Read the sentence: it names the field and, where one is close, what was meant. All of them are in [REST](../reference/rest.md).',
  },
  index_key_too_large: {
    causes: 'A long text is in a field that is indexed, or one document has very many elements in an indexed array.',
    remedy: 'Index a shorter field (a hash, or the beginning of the text), or drop the index. The document was not written.',
  },
  sort_too_large: {
    causes: 'Very many documents are sorted without an index.',
    remedy:
      'Make an index with the fields of the sort, or give a `limit`: then only the first ones are kept. `explain` shows `sortedByIndex`.',
  },
  pipeline_too_large: {
    causes: 'A `$group`, `$sort`, `$facet` or `$lookup` gathers very many or very large documents.',
    remedy: 'Put a `$match`, a `$project` of the fields that are needed, or a `$limit` before the stage that the sentence names.',
  },
  query_too_large: {
    causes: 'The query holds very large values in memory: documents gathered into arrays, long texts joined, deep expressions.',
    remedy:
      'Ask for fewer documents or fewer fields at a time, or raise `--read-memory-megabytes`. Other reads went on meanwhile.',
  },
  answer_too_large: {
    causes: 'A pipeline gives more documents than one answer may hold; it has no pages.',
    remedy:
      'Add a `$limit`, or a `$project` of the fields that are needed. A plain `find` gives any number of documents, page by page.',
  },
  request_too_large: {
    causes: 'The body of a request is above the limit of its address.',
    remedy: 'Send smaller batches; `/bulk` takes the largest bodies. The numbers are in [REST](../reference/rest.md#limits).',
  },
} as const satisfies Partial<Record<ErrorCode, Advice>>;

import type { ErrorCode } from '@aerolithdb/protocol';
import type { Advice } from './advice.ts';

/** Advice for who may do what, and for what stands in the way of a right request. */
export const STATE_ADVICE = {
  unauthenticated: {
    causes: 'No token was sent, it is mistyped or cut off, it has expired, or it belongs to another data folder.',
    remedy:
      'Send `Authorization: Bearer TOKEN`. The first token is in `admin.key` in the data folder; `--token-file` names it to the command line. See [access](access.md).',
  },
  forbidden: {
    causes: 'The token or user has a role on this collection that does not allow it, or none.',
    remedy: 'The sentence names the role that is needed. Ask whoever administers the database for a grant, or use another token.',
  },
  unknown_collection: {
    causes: 'The name is misspelt, the collection was not made yet, it did not exist at that height, or you may not read it.',
    remedy:
      'Look at `aerolith collection list`. Collections are not made by writing to them: use `aerolith collection create`, `createCollection` or `import`.',
  },
  unknown_document: {
    causes: 'The document was never there or is deleted, or its `_id` has another type: `5` and `"5"` are two ids.',
    remedy: 'Look for it by a filter. In a REST path a string that looks like a number stands in quotes: `%225%22`.',
  },
  unknown_index: {
    causes: 'A hint or a drop names an index that is not there.',
    remedy: 'Look at `aerolith index list COLLECTION`.',
  },
  unknown_block: {
    causes: 'The height is ahead of the log.',
    remedy: 'Ask `/v1/status` for the height.',
  },
  unknown_principal: {
    causes: 'The user or token was removed or is misspelt.',
    remedy: 'Look at `aerolith user list` and `aerolith token list`.',
  },
  not_found: {
    causes: 'The path of the request is misspelt, or a proxy changed it.',
    remedy: 'Take the address that the sentence proposes, or one out of [REST](../reference/rest.md). All begin with `/v1`.',
  },
  method_not_allowed: {
    causes: 'A POST where a GET belongs, or the other way round.',
    remedy: 'The member `allow` of the answer names the methods that the address takes.',
  },
  unsupported_media_type: {
    causes: 'The header `Content-Type` is missing or names something else: `curl -d` sends a form unless it is told.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  collection_exists: {
    causes: 'A program makes its collection on every start.',
    remedy: 'Take it as done, or look at the list of collections first. The options of the one that is there were not changed.',
  },
  index_exists: {
    causes: 'The name is taken by an index with other paths, or by one that is or is not unique.',
    remedy: 'Drop that one first, or choose another name. Making the same index again is no error.',
  },
  duplicate_id: {
    causes: 'The document is there already, often because an import or a program ran twice.',
    remedy:
      'Replace it with `upsert` instead of inserting, let `import` skip such records (`--on-error skip`), or choose another `_id`.',
  },
  duplicate_key_value: {
    causes: 'A unique index holds the value. A missing field counts as null, so only one document may be without it.',
    remedy:
      'The sentence names the index. Change the value, or the document that has it; or drop the index and make one that is not unique.',
  },
  version_conflict: {
    causes: 'Another write changed the document after you read it.',
    remedy:
      'Read it again, decide again, and send the write with the new version. `$inc`, `$push` and other operators often need no version.',
  },
  transaction_conflict: {
    causes:
      'A document that the transaction read has changed, or one of its operations was refused: `details` has its number and error.',
    remedy:
      'Read again and send it again; `db.transaction` of the TypeScript client does so by itself. When an operation was refused, mend that.',
  },
  schema_violation: {
    causes: 'A field that the schema requires is missing, or a value has another type or range.',
    remedy: 'The sentence names the path and the rule. Mend the document, or change the schema of the collection.',
  },
  too_many_indexes: {
    causes: 'An index was made for each query instead of for what queries have in common.',
    remedy: 'Drop those that no query uses. One on `{country: 1, population: -1}` also serves queries on `country` alone.',
  },
  command_id_reused: {
    causes: 'An `Idempotency-Key` was used for two different writes.',
    remedy: 'Make a new key for each write, and keep it only to send the same write again.',
  },
} as const satisfies Partial<Record<ErrorCode, Advice>>;

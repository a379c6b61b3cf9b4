import type { AerolithDatabase, AnyDocument } from '@aerolithdb/client';
import { BRACKETS, fromPlain, typeBracket } from '@aerolithdb/protocol';

/** Type names of an `_id`, by the class in whose order they stand. */
const ID_TYPES: readonly (readonly [bracket: number, name: string])[] = [
  [BRACKETS.null, 'null'],
  [BRACKETS.number, 'number'],
  [BRACKETS.string, 'string'],
  [BRACKETS.object, 'object'],
  [BRACKETS.binData, 'binData'],
  [BRACKETS.objectId, 'objectId'],
  [BRACKETS.bool, 'bool'],
  [BRACKETS.date, 'date'],
  [BRACKETS.timestamp, 'timestamp'],
];

export type Cursor = { readonly id: unknown } | undefined;

/**
 * The next ids in the order of `_id`, all types together, at most `size`; fewer only at the end. A comparison selects values of one
 * class alone, so what stands in the classes after it is asked for by type.
 */
export async function nextIds(
  database: AerolithDatabase,
  collection: string,
  filter: AnyDocument | undefined,
  after: Cursor,
  size: number,
): Promise<unknown[]> {
  const find = async (bound: AnyDocument, limit: number) => {
    const both = [bound, filter ?? {}].filter((part) => Object.keys(part).length > 0);
    const options = { sort: { _id: 1 }, limit, projection: { _id: 1 } } as const;
    const found = await database
      .collection(collection)
      .find(both.length === 0 ? {} : { $and: both }, options)
      .toArray();
    return found.map((document) => document._id);
  };
  if (after === undefined) return find({}, size);
  const bound = boundAfter(after.id);
  const ids = bound === undefined ? [] : await find(bound, size);
  const types = typesAfter(after.id);
  if (ids.length === size || types.length === 0) return ids;
  return [...ids, ...(await find({ _id: { $type: types } }, size - ids.length))];
}

/** The greater ids of the same class; undefined where there can be none. */
function boundAfter(id: unknown): AnyDocument | undefined {
  if (id === null || id === true) return undefined;
  // Not a number stands before all numbers, and no comparison with it selects any.
  if (typeof id === 'number' && Number.isNaN(id)) return { _id: { $gte: Number.NEGATIVE_INFINITY } };
  return { _id: { $gt: id } };
}

function typesAfter(id: unknown): string[] {
  const bracket = typeBracket(fromPlain(id));
  return ID_TYPES.filter(([other]) => other > bracket).map(([, name]) => name);
}

import { encodeIdKey } from '@aerolithdb/protocol';
import type { Filter } from '@aerolithdb/query';

/** The key of the `_id` when the filter asks for one by equality. */
export function idEquality(filter: Filter): Uint8Array | undefined {
  if (filter.kind === 'and') return filter.filters.map(idEquality).find((key) => key !== undefined);
  if (filter.kind !== 'field' || filter.path.length !== 1 || filter.path[0] !== '_id' || filter.test.op !== 'eq')
    return undefined;
  const { value } = filter.test;
  const plain =
    typeof value === 'string' || typeof value === 'number' || (typeof value === 'object' && value !== null && 'hex' in value);
  return plain ? encodeIdKey(value) : undefined;
}

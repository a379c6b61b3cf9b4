import type { Value } from '@aerolithdb/protocol';
import { parseSort } from '../../sort.ts';
import type { Reading } from '../reading.ts';
import type { Stage } from '../stage.ts';
import { parseGroup } from './group.ts';

/** `$sortByCount` is a `$group` that counts, and a `$sort` by the counts, the greatest first. */
export function parseSortByCount(value: Value, reading: Reading): readonly Stage[] {
  const fields = new Map<string, Value>([
    ['_id', value],
    ['count', new Map<string, Value>([['$sum', 1]])],
  ]);
  return [parseGroup(fields, reading), { kind: 'sort', sort: parseSort(new Map([['count', -1]])) }];
}

import { AerolithError, type Document, type IndexSpec } from '@aerolithdb/protocol';
import { indexTable } from '@aerolithdb/storage';
import { assertCondition, conditionOf } from '../index-condition.ts';
import type { IndexKind } from '../index-kind.ts';
import { indexEntries, indexShape } from './ordered-entries.ts';
import { OrderedWriter } from './ordered-writer.ts';

/** The entries of one or more paths in the order of their values: `index_<table>(key, rid)`. */
export const orderedIndex: IndexKind = {
  options: ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'hidden'],
  assertSpec,
  tables: ({ table }) => indexTable(table),
  drop: ({ table }) => `DROP TABLE index_${table}`,
  open: (connection, record, collection) => new OrderedWriter(connection, record, collection),
  rowIds: ({ table }) => `SELECT rid FROM index_${table}`,
  coversAll: (record) => conditionOf(record) === undefined,
  holds(connection, record, rid, document: Document) {
    const entry = connection.prepare<number>(`SELECT 1 FROM index_${record.table} WHERE key = ? AND rid = ?`, 'pluck');
    return indexEntries(indexShape(record), document).keys.every((key) => entry.get(key, rid) !== undefined);
  },
  backup: 'rows',
};

function assertSpec(spec: IndexSpec): void {
  const { keys, expireAfterSeconds } = spec;
  assertCondition(spec);
  if (expireAfterSeconds !== undefined) assertExpiry(keys, expireAfterSeconds);
  if (keys.length > 1 || keys[0]![0] !== '_id') return;
  throw new AerolithError('invalid_index', 'Every collection is indexed by _id already.', { path: '_id' });
}

/** Seconds that are taken at most: more than a lifetime. */
const EXPIRY_MAX = 2_147_483_647;

function assertExpiry(keys: IndexSpec['keys'], seconds: number): void {
  const option = { option: 'expireAfterSeconds' };
  if (keys.length > 1) throw new AerolithError('invalid_index', 'expireAfterSeconds needs an index of one path.', option);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= EXPIRY_MAX) return;
  throw new AerolithError('invalid_index', `expireAfterSeconds is a whole number from 0 to ${EXPIRY_MAX}.`, option);
}

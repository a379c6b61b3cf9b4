import { type DeleteOperation, parseDocument } from '@aerolithdb/protocol';
import { parseSort } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';
import { commandFilter } from './command-filter.ts';
import { forEachTarget } from './for-each-target.ts';
import { assertVersion } from './if-version.ts';
import type { OperationDone } from './operation-done.ts';
import { selectFirst } from './select-targets.ts';
import { removeRow } from './write-row.ts';

export function deleteDocuments(context: BlockContext, operation: DeleteOperation): OperationDone {
  const collection = context.collection(operation.collection);
  const filter = commandFilter(context, collection, operation.filter);
  const sort = operation.sort === undefined ? [] : parseSort(parseDocument(operation.sort));
  if (operation.multi === true) {
    const { matched, next } = forEachTarget(context, collection, filter, operation.afterRow, (target) =>
      removeRow(context, collection, target),
    );
    return { result: { deleted: matched, ...(next === undefined ? {} : { next }) } };
  }
  const target = selectFirst(context, collection, filter, sort);
  assertVersion(operation.ifVersion, target?.version, operation.collection, target?.id);
  if (target !== undefined) removeRow(context, collection, target);
  const result = { deleted: target === undefined ? 0 : 1 };
  if (operation.returning === undefined) return { result };
  if (target === undefined) return { result: { ...result, document: null } };
  return { result: { ...result, document: target.text }, documentVersion: target.version };
}

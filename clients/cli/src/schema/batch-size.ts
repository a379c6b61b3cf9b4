import { LIMITS } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';

/** One operation of each transaction records the batch. */
export const BATCH_SIZE_MAX = LIMITS.batchDocuments - 1;

/** Documents in a batch whose size nobody gave: few enough for two operations a document. */
export const BATCH_SIZE = 400;

/** Throws a usage error for a size that no transaction can have. */
export function checkedSize(size: number): number {
  if (Number.isInteger(size) && size >= 1 && size <= BATCH_SIZE_MAX) return size;
  throw usageError(`The size of a batch must be a whole number from 1 to ${BATCH_SIZE_MAX}.`, { size });
}

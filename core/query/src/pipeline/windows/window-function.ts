import type { Value } from '@aerolithdb/protocol';
import type { MemoryBudget } from '../memory-budget.ts';
import type { Partition } from './partition.ts';

/** What a field of `$setWindowFields` is, for each row of a partition; undefined: no field. */
export type WindowFunction = (partition: Partition, memory: MemoryBudget) => readonly (Value | undefined)[];

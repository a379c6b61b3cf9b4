import type { Value } from '@aerolithdb/protocol';
import type { Scope } from '../../expression/expression.ts';
import type { MemoryBudget } from '../memory-budget.ts';

/** An accumulator of a `$group` or a window, read. */
export type Accumulator = {
  /** `$sum`. */
  readonly operator: string;
  /** What stands behind it, as it was written. */
  readonly argument: Value;
  /** Dotted paths of the fields it reads; undefined when that cannot be told. */
  readonly paths: readonly string[] | undefined;
  /** Begins anew. `group` is the scope whose root is the key of the group, for what may differ from group to group. */
  readonly begin: (memory: MemoryBudget, group: Scope) => Accumulating;
};

/** What an accumulator holds of the documents of one group. */
export interface Accumulating {
  add(scope: Scope): void;
  /** Undefined: no field. */
  value(): Value | undefined;
}

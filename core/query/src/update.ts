import type { Decimal128, Double, Value } from '@aerolithdb/protocol';
import type { Filter, Path } from './filter.ts';
import type { Sort } from './sort.ts';
import type { UpdateStage } from './update-pipeline.ts';

/**
 * An update in normal form. `fields` are in the order they are applied, which is also the order new fields are appended in: by
 * path, components of digits by number, others by code point, whatever the order they were written in.
 */
export type Update = {
  /** An update as a pipeline has stages and nothing else. */
  readonly stages?: readonly UpdateStage[];
  readonly fields: readonly FieldUpdate[];
  readonly arrayFilters: ReadonlyMap<string, Filter>;
  /** Some path has a `$`, `$[]` or `$[x]`, so which values change is known only when a document is at hand. */
  readonly positional: boolean;
};

/** A change of what stands at one path. Components `$`, `$[]` and `$[x]` choose elements of an array. */
export type FieldUpdate = { readonly operator: string; readonly path: Path; readonly change: Change };

export type NumberValue = number | bigint | Double | Decimal128;

export type Change =
  | { readonly op: 'set' | 'setOnInsert' | 'min' | 'max'; readonly value: Value }
  | { readonly op: 'unset' }
  | { readonly op: 'inc' | 'mul'; readonly by: NumberValue }
  | { readonly op: 'rename'; readonly from: Path }
  | { readonly op: 'currentDate'; readonly type: 'date' | 'timestamp' }
  | Push
  | { readonly op: 'pull'; readonly condition: PullCondition }
  | { readonly op: 'pullAll'; readonly values: readonly Value[] }
  | { readonly op: 'addToSet'; readonly values: readonly Value[] }
  | { readonly op: 'pop'; readonly end: 1 | -1 }
  | { readonly op: 'bit'; readonly steps: readonly BitStep[] };

export type Push = {
  readonly op: 'push';
  readonly values: readonly Value[];
  /** Where to insert; negative counts from the end. Absent: at the end. */
  readonly position?: number;
  /** How many elements to keep, from the front or (negative) from the end. */
  readonly slice?: number;
  /** By the elements themselves, or by fields of elements that are objects. */
  readonly sort?: 1 | -1 | Sort;
};

/** Which elements `$pull` takes out. `value`: the filter sees the element in its field `v`; `document`: only objects are looked at. */
export type PullCondition =
  | { readonly kind: 'equal'; readonly value: Value }
  | { readonly kind: 'value'; readonly filter: Filter }
  | { readonly kind: 'document'; readonly filter: Filter };

export type BitStep = { readonly by: 'and' | 'or' | 'xor'; readonly operand: number | bigint };

import type { Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from './expression/expression.ts';
import type { Geometry } from './geo/geometry.ts';
import type { Near } from './geo/near.ts';
import type { Region } from './geo/region.ts';
import type { SearchHighlight, TextSearch } from './text/text-search.ts';
import type { ValueSet } from './value-set.ts';

/** A dotted path, split: `['address', 'city']`. A component of digits is both an array index and a field name. */
export type Path = readonly string[];

/** A filter in normal form: what `parseFilter` makes, `matches` evaluates and the planner compiles. */
export type Filter =
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'nor'; readonly filters: readonly Filter[] }
  | { readonly kind: 'field'; readonly path: Path; readonly test: Test }
  /** `$text`, once in a filter at most. Only a text index can answer it. A `$search` is one too: it can name the index, and asks for highlights. */
  | {
      readonly kind: 'text';
      readonly search: TextSearch;
      readonly index?: string;
      readonly highlight?: SearchHighlight;
    }
  /** `$expr`: the expression is true of the document. See `bindFilter` for `surroundings`. */
  | { readonly kind: 'expression'; readonly expression: Expression; readonly surroundings?: Surroundings };

/** What the expressions of a filter see beside the document. */
export type Surroundings = Omit<Scope, 'root' | 'steps'> & {
  /** Steps that an expression has on each document, beside those for its values (see `stepsFor`); without a number, any. */
  readonly shareOfSteps?: number;
};

/** `{kind: 'and', filters: []}`: matches everything. */
export const EVERYTHING: Filter = { kind: 'and', filters: [] };

export type BitsOp = 'bitsAllSet' | 'bitsAnySet' | 'bitsAllClear' | 'bitsAnyClear';

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

/** One test of one path. MongoDB's semantics: a path through arrays matches when any of its values does. */
export type Test =
  | { readonly op: Comparison; readonly value: Value }
  /** `set` holds the same values, for a fast answer; without it the values are compared one by one. */
  | { readonly op: 'in'; readonly values: readonly Value[]; readonly set?: ValueSet }
  | { readonly op: 'exists'; readonly exists: boolean }
  | { readonly op: 'type'; readonly types: readonly string[] }
  | { readonly op: 'size'; readonly size: number }
  | { readonly op: 'mod'; readonly divisor: number; readonly remainder: number }
  /** Of the bits of `mask`, counted from the least: all or any are set or clear. */
  | { readonly op: BitsOp; readonly mask: bigint }
  /** `instructions`: of the compiled pattern; 0 where a comparison of texts does it. */
  | {
      readonly op: 'regex';
      readonly pattern: string;
      readonly options: string;
      readonly instructions: number;
      readonly test: (text: string) => boolean;
    }
  /** The value is a place that lies in the region, all of it. */
  | { readonly op: 'geoWithin'; readonly region: Region }
  /** The value is a place that has a point in common with the geometry. */
  | { readonly op: 'geoIntersects'; readonly geometry: Geometry }
  /** `$near`, `$nearSphere`: the value is a place within the bounds of the distance. A plan gives the nearest first. */
  | { readonly op: 'near'; readonly near: Near }
  /** Each of `tests` holds, each by itself. With no tests nothing matches. */
  | { readonly op: 'all'; readonly tests: readonly Test[] }
  /** Some element satisfies all tests (`{$elemMatch: {$gt: 1, $lt: 5}}`). */
  | { readonly op: 'elemMatchValue'; readonly tests: readonly Test[] }
  /** Some element is a document that the filter matches. */
  | { readonly op: 'elemMatchDocument'; readonly filter: Filter }
  /**
   * `$not`, `$ne` (not eq) and `$nin` (not in): not all of `tests` hold, each taken by itself. As a test of a path, the normal
   * form gives it exactly one test (more become a `nor`); inside `elemMatchValue` and `not` it can have several.
   */
  | { readonly op: 'not'; readonly tests: readonly Test[] };

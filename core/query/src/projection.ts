import type { Filter, Path, Surroundings, Test } from './filter.ts';
import type { ComputedTree } from './pipeline/computed-fields.ts';

/** Which fields a projection names: `true` for a whole value, a tree for parts of it. */
export type ProjectionTree = ReadonlyMap<string, ProjectionTree | true>;

/** `include`: only the named fields; `exclude`: all but them. `_id` is ruled by `tree` like any other field. */
export type Projection = {
  readonly mode: 'include' | 'exclude';
  readonly tree: ProjectionTree;
  /** Arrays of which only some elements are shown. */
  readonly views?: readonly ArrayView[];
  /** Fields that are computed of the whole document; they come after the others. */
  readonly computed?: { readonly fields: ComputedTree; readonly surroundings: Surroundings };
};

export type ArrayView =
  /** `$slice`: `count` elements from `skip` on; a negative `skip` counts from the end. */
  | { readonly kind: 'slice'; readonly path: Path; readonly skip: number; readonly count: number }
  /** `$elemMatch`: the first element that passes. */
  | {
      readonly kind: 'elemMatch';
      readonly path: Path;
      readonly test: Extract<Test, { op: 'elemMatchValue' | 'elemMatchDocument' }>;
    }
  /** `path.$`: the element by which the filter of the query selected the document. */
  | { readonly kind: 'positional'; readonly path: Path; readonly filter: Filter };

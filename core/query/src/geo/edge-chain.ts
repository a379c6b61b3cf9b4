import { type Box, boxChordSquared, boxesMeet, boxHolds, joinBoxes } from './box.ts';
import { edgeBox, edgeChordSquared, isOnEdge } from './edge.ts';
import type { Vector } from './vector.ts';

/** Edges of a chain that follow each other, with a box around them; longer runs are halved. */
export type Run = { readonly box: Box; readonly first: number; readonly end: number; readonly halves?: readonly [Run, Run] };

/** Edges that are looked at one by one. */
const RUN_EDGES = 8;

/** Edges from point to point, in a tree of boxes, so that a question about a place looks at the edges near it. */
export class EdgeChain {
  readonly vertices: readonly Vector[];
  readonly closed: boolean;
  readonly edges: number;
  #tree: Run | undefined;

  /** Two neighbours are never one point nor opposite. `closed`: a last edge leads back to the first vertex. */
  constructor(vertices: readonly Vector[], closed: boolean) {
    this.vertices = vertices;
    this.closed = closed;
    this.edges = closed ? vertices.length : vertices.length - 1;
  }

  start(edge: number): Vector {
    return this.vertices[edge]!;
  }

  end(edge: number): Vector {
    return this.vertices[edge + 1 === this.vertices.length ? 0 : edge + 1]!;
  }

  get tree(): Run {
    this.#tree ??= this.#run(0, this.edges);
    return this.#tree;
  }

  #run(first: number, end: number): Run {
    if (end - first <= RUN_EDGES) {
      let box = edgeBox(this.start(first), this.end(first));
      for (let edge = first + 1; edge < end; edge += 1) box = joinBoxes(box, edgeBox(this.start(edge), this.end(edge)));
      return { box, first, end };
    }
    const middle = (first + end) >> 1;
    const halves = [this.#run(first, middle), this.#run(middle, end)] as const;
    return { box: joinBoxes(halves[0].box, halves[1].box), first, end, halves };
  }

  /** Whether some edge comes as near to the point as `tolerance` (the length of a chord). */
  comesNear(point: Vector, tolerance: number): boolean {
    return this.#near(this.tree, point, tolerance);
  }

  #near(run: Run, point: Vector, tolerance: number): boolean {
    if (!boxHolds(run.box, point, tolerance)) return false;
    if (run.halves !== undefined) return run.halves.some((half) => this.#near(half, point, tolerance));
    for (let edge = run.first; edge < run.end; edge += 1)
      if (isOnEdge(point, this.start(edge), this.end(edge), tolerance)) return true;
    return false;
  }

  /** The square of the chord from a point to the nearest one of the chain; `known` when nothing is nearer than that. */
  chordSquared(point: Vector, known = Number.POSITIVE_INFINITY): number {
    return this.#nearest(this.tree, point, known);
  }

  #nearest(run: Run, point: Vector, known: number): number {
    if (boxChordSquared(run.box, point) >= known) return known;
    if (run.halves !== undefined) {
      const [a, b] = run.halves;
      const [near, far] = boxChordSquared(a.box, point) <= boxChordSquared(b.box, point) ? [a, b] : [b, a];
      return this.#nearest(far, point, this.#nearest(near, point, known));
    }
    let least = known;
    for (let edge = run.first; edge < run.end; edge += 1)
      least = Math.min(least, edgeChordSquared(point, this.start(edge), this.end(edge)));
    return least;
  }
}

/** Whether `test` holds for some edge of `a` and some of `b` whose boxes meet. In one chain, each pair is tried once. */
export function someEdgePair(a: EdgeChain, b: EdgeChain, test: (ofA: number, ofB: number) => boolean): boolean {
  return somePair(a.tree, b.tree, a === b, test);
}

function somePair(a: Run, b: Run, within: boolean, test: (ofA: number, ofB: number) => boolean): boolean {
  if (!boxesMeet(a.box, b.box) || (within && b.end <= a.first)) return false;
  const split = b.halves === undefined || (a.halves !== undefined && a.end - a.first >= b.end - b.first) ? a : b;
  if (split.halves === undefined) return someEdges(a, b, within, test);
  return split.halves.some((half) => (split === a ? somePair(half, b, within, test) : somePair(a, half, within, test)));
}

function someEdges(a: Run, b: Run, within: boolean, test: (ofA: number, ofB: number) => boolean): boolean {
  for (let i = a.first; i < a.end; i += 1)
    for (let j = within ? Math.max(b.first, i + 1) : b.first; j < b.end; j += 1) if (test(i, j)) return true;
  return false;
}

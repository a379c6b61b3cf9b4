import type { Box } from './box.ts';
import type { EdgeChain } from './edge-chain.ts';
import type { Place, Ring } from './ring.ts';
import type { Vector } from './vector.ts';

/** What is inside its shell and inside none of its holes. Its boundary belongs to it. */
export class Polygon {
  readonly shell: Ring;
  readonly holes: readonly Ring[];

  constructor(shell: Ring, holes: readonly Ring[] = []) {
    this.shell = shell;
    this.holes = holes;
  }

  get box(): Box {
    return this.shell.box;
  }

  get chains(): readonly EdgeChain[] {
    return [this.shell, ...this.holes].map((ring) => ring.chain);
  }

  /** `tolerance`: the chord to an edge within which a point is on the boundary. */
  locate(point: Vector, tolerance?: number): Place {
    let place = this.shell.locate(point, tolerance);
    for (const hole of this.holes) {
      if (place === 'outside') return place;
      const ofHole = hole.locate(point, tolerance);
      if (ofHole === 'inside') return 'outside';
      if (ofHole === 'boundary') place = 'boundary';
    }
    return place;
  }

  holds(point: Vector): boolean {
    return this.locate(point) !== 'outside';
  }

  /** A point inside each part of the sphere that does not belong to it. */
  pointsOutside(): readonly Vector[] {
    return [this.shell.pointBeside(false), ...this.holes.map((hole) => hole.pointBeside(true))];
  }
}

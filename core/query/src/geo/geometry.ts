import { type Box, boxOfPoint, growBox, joinBoxes } from './box.ts';
import type { EdgeChain } from './edge-chain.ts';
import type { Polygon } from './polygon.ts';
import { angleOfChord, chordSquared, EARTH_RADIUS, TOLERANCE, type Vector } from './vector.ts';

/** Any GeoJSON geometry on the sphere: its parts together. There is at least one. */
export type Geometry = {
  readonly points: readonly Vector[];
  readonly lines: readonly EdgeChain[];
  readonly polygons: readonly Polygon[];
};

/** A box around each part. */
export function boxesOf({ points, lines, polygons }: Geometry): Box[] {
  return [...points.map(boxOfPoint), ...lines.map((line) => line.tree.box), ...polygons.map((polygon) => polygon.box)];
}

export function boxOf(geometry: Geometry): Box {
  return growBox(boxesOf(geometry).reduce(joinBoxes), TOLERANCE);
}

/** Metres on the surface from a point to the nearest one of the geometry; 0 inside of a polygon. */
export function distanceTo(geometry: Geometry, from: Vector): number {
  if (geometry.polygons.some((polygon) => polygon.holds(from))) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (const point of geometry.points) least = Math.min(least, chordSquared(point, from));
  for (const chain of chainsOf(geometry)) least = chain.chordSquared(from, least);
  return angleOfChord(least) * EARTH_RADIUS;
}

/** All edges: of lines, and of the rings of polygons. */
export function chainsOf({ lines, polygons }: Geometry): readonly EdgeChain[] {
  return [...lines, ...polygons.flatMap((polygon) => polygon.chains)];
}

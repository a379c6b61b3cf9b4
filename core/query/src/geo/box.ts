import type { Vector } from './vector.ts';

/** A box in space around a part of the unit sphere: per axis the least and the greatest coordinate. No meridian and no pole is special to it. */
export type Box = readonly [minX: number, maxX: number, minY: number, maxY: number, minZ: number, maxZ: number];

export function boxOfPoint([x, y, z]: Vector): Box {
  return [x, x, y, y, z, z];
}

export function joinBoxes(a: Box, b: Box): Box {
  return [
    Math.min(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.max(a[3], b[3]),
    Math.min(a[4], b[4]),
    Math.max(a[5], b[5]),
  ];
}

export function growBox(box: Box, by: number): Box {
  return [box[0] - by, box[1] + by, box[2] - by, box[3] + by, box[4] - by, box[5] + by];
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[1] && b[0] <= a[1] && a[2] <= b[3] && b[2] <= a[3] && a[4] <= b[5] && b[4] <= a[5];
}

/** Whether the point is in the box or no farther than `by` from each of its sides. */
export function boxHolds(box: Box, [x, y, z]: Vector, by: number): boolean {
  return x >= box[0] - by && x <= box[1] + by && y >= box[2] - by && y <= box[3] + by && z >= box[4] - by && z <= box[5] + by;
}

/** The square of the distance, in a straight line, from a point to the nearest one of the box. */
export function boxChordSquared(box: readonly [...Box, ...number[]], [x, y, z]: Vector): number {
  const dx = Math.max(box[0] - x, 0, x - box[1]);
  const dy = Math.max(box[2] - y, 0, y - box[3]);
  const dz = Math.max(box[4] - z, 0, z - box[5]);
  return dx * dx + dy * dy + dz * dz;
}

/** Whether a plane through the centre of the earth, by its normal, cuts the box or touches it. */
export function planeMeetsBox(normal: Vector, box: Box): boolean {
  const centre = normal[0] * (box[0] + box[1]) + normal[1] * (box[2] + box[3]) + normal[2] * (box[4] + box[5]);
  const reach =
    Math.abs(normal[0]) * (box[1] - box[0]) + Math.abs(normal[1]) * (box[3] - box[2]) + Math.abs(normal[2]) * (box[5] - box[4]);
  return Math.abs(centre) <= reach + 1e-15;
}

import { type Box, boxOfPoint, growBox, joinBoxes } from './box.ts';
import { chordSquared, cross, dot, lengthOf, normalOf, scale, subtract, TOLERANCE, unit, type Vector } from './vector.ts';

/** An edge is the shorter arc of the great circle through two directions that are not opposite. */

/** The square of the chord from a point to the nearest one of the edge. */
export function edgeChordSquared(point: Vector, a: Vector, b: Vector): number {
  const ends = Math.min(chordSquared(point, a), chordSquared(point, b));
  const normal = normalOf(a, b);
  const squared = dot(normal, normal);
  if (squared === 0 || !isBeside(point, a, b, normal)) return ends;
  // From a vertex, so that close ones lose no digits.
  const height = dot(normal, subtract(point, a)) / Math.sqrt(squared);
  const foot = unit(subtract(point, scale(normal, height / Math.sqrt(squared))));
  return Math.min(ends, chordSquared(point, foot));
}

export function isOnEdge(point: Vector, a: Vector, b: Vector, tolerance: number = TOLERANCE): boolean {
  return edgeChordSquared(point, a, b) <= tolerance * tolerance;
}

/** Whether the great circle at a right angle to the edge, through the point, meets the edge. */
function isBeside(point: Vector, a: Vector, b: Vector, normal: Vector): boolean {
  return dot(cross(normal, a), point) > 0 && dot(cross(b, normal), point) > 0;
}

/** Whether two edges cross at a point inside of both, and no end of one is on the other. */
export function edgesCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  if (!straddles(a, b, c, d)) return false;
  return !edgesTouch(a, b, c, d);
}

/** Whether two edges have a point in common. */
export function edgesMeet(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  return straddles(a, b, c, d) || edgesTouch(a, b, c, d);
}

/** Whether an end of one edge is on the other. */
function edgesTouch(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  return isOnEdge(a, c, d) || isOnEdge(b, c, d) || isOnEdge(c, a, b) || isOnEdge(d, a, b);
}

/** Whether the ends of each lie on two sides of the other, and not of its far half around the earth. Uncertain within rounding. */
function straddles(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const ab = normalOf(a, b);
  const c1 = -dot(ab, subtract(c, a));
  const d1 = dot(ab, subtract(d, a));
  if (c1 * d1 <= 0) return false;
  const cd = normalOf(c, d);
  const b1 = -dot(cd, subtract(b, c));
  const a1 = dot(cd, subtract(a, c));
  return c1 * b1 > 0 && c1 * a1 > 0;
}

/** It bulges beyond its ends where it passes an axis most closely, and is wider by the tolerance, so that edges that touch have boxes that meet. */
export function edgeBox(a: Vector, b: Vector): Box {
  const ends = joinBoxes(boxOfPoint(a), boxOfPoint(b));
  const normal = normalOf(a, b);
  const squared = dot(normal, normal);
  if (squared === 0) return ends;
  const box: number[] = [...ends];
  for (let axis = 0; axis < 3; axis += 1) {
    const top: Vector = subtract(AXES[axis]!, scale(normal, normal[axis]! / squared));
    const reach = lengthOf(top);
    if (isBeside(top, a, b, normal)) box[2 * axis + 1] = Math.max(box[2 * axis + 1]!, reach);
    if (isBeside(scale(top, -1), a, b, normal)) box[2 * axis] = Math.min(box[2 * axis]!, -reach);
  }
  return growBox(box as unknown as Box, TOLERANCE);
}

export const AXES: readonly Vector[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

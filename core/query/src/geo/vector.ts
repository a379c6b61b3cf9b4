import { angleOf, sineAndCosine } from './trigonometry.ts';

/** A direction from the centre of the earth: of length 1, `x` through 0°/0°, `y` through 90° east on the equator, `z` through the north pole. */
export type Vector = readonly [x: number, y: number, z: number];

/** Metres, as MongoDB has it: the equatorial radius, rounded. */
export const EARTH_RADIUS = 6_378_100;

/** Radians within which points are taken for one, and a point for one of an edge: about a micrometre on the ground. */
export const TOLERANCE = 1e-13;

/** Degrees, east and north positive. */
export function vectorOf(longitude: number, latitude: number): Vector {
  const [sineLongitude, cosineLongitude] = sineAndCosine(longitude);
  const [sineLatitude, cosineLatitude] = sineAndCosine(latitude);
  return [cosineLatitude * cosineLongitude, cosineLatitude * sineLongitude, sineLatitude];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Twice the normal of the plane of two directions, also precise for two that are close (S2's `RobustCrossProd`). */
export function normalOf(a: Vector, b: Vector): Vector {
  return cross(subtract(a, b), add(a, b));
}

export function add(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function subtract(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

export function lengthOf(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** Of a vector that is not zero. */
export function unit(a: Vector): Vector {
  return scale(a, 1 / lengthOf(a));
}

/** The square of the straight line between two directions, 0 to 4: `4 * haversine(angle)`. */
export function chordSquared(a: Vector, b: Vector): number {
  const [x, y, z] = subtract(a, b);
  return x * x + y * y + z * z;
}

/** Radians, 0 to pi, of a chord: the haversine formula. */
export function angleOfChord(squared: number): number {
  return 2 * angleOf(Math.sqrt(squared), Math.sqrt(Math.max(0, 4 - squared)));
}

/** The chord of an angle in radians, 0 to pi and beyond, squared. */
export function chordOfAngle(radians: number): number {
  if (radians >= Math.PI) return 4;
  const [sine] = sineAndCosine(radians * (90 / Math.PI));
  return 4 * sine * sine;
}

/** Radians between two directions. */
export function angleBetween(a: Vector, b: Vector): number {
  return angleOfChord(chordSquared(a, b));
}

export function samePoint(a: Vector, b: Vector): boolean {
  return chordSquared(a, b) <= TOLERANCE * TOLERANCE;
}

import type { Value } from '@aerolithdb/protocol';
import { distanceTo } from './geometry.ts';
import { GeometryFault } from './geometry-fault.ts';
import { storedGeometry } from './stored-geometry.ts';
import type { Vector } from './vector.ts';

/** Places by their distance on the sphere from a point. Distances are metres. */
export type Near = {
  readonly centre: Vector;
  readonly minDistance: number;
  readonly maxDistance: number;
  /** It was asked for by a legacy point: distances that are given out are radians. */
  readonly radians: boolean;
};

/** Metres from the centre to the value as a place; undefined when it is none, or outside of the bounds. */
export function distanceWithin({ centre, minDistance, maxDistance }: Near, value: Value | undefined): number | undefined {
  const geometry = storedGeometry(value);
  if (geometry instanceof GeometryFault) return undefined;
  const distance = distanceTo(geometry, centre);
  return distance >= minDistance && distance <= maxDistance ? distance : undefined;
}

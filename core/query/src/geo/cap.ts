import { type Box, growBox } from './box.ts';
import { chainsOf, type Geometry } from './geometry.ts';
import { angleOfChord, chordOfAngle, chordSquared, scale, TOLERANCE, type Vector } from './vector.ts';

/** All that is no farther from a point than an angle, in radians. */
export type Cap = { readonly centre: Vector; readonly angle: number };

export function capHoldsPoint({ centre, angle }: Cap, point: Vector): boolean {
  return angleOfChord(chordSquared(centre, point)) <= angle + TOLERANCE;
}

/** Whether all of the geometry lies in the cap: nothing of it comes too near to the point opposite of the centre. */
export function capHolds(cap: Cap, geometry: Geometry): boolean {
  if (cap.angle >= Math.PI) return true;
  const opposite = scale(cap.centre, -1);
  return (
    geometry.points.every((point) => capHoldsPoint(cap, point)) &&
    chainsOf(geometry).every((chain) => angleOfChord(chain.chordSquared(opposite)) >= Math.PI - cap.angle - TOLERANCE) &&
    geometry.polygons.every((polygon) => polygon.locate(opposite) === 'outside')
  );
}

export function boxOfCap({ centre: [x, y, z], angle }: Cap): Box {
  const chord = Math.sqrt(chordOfAngle(angle));
  return growBox([x - chord, x + chord, y - chord, y + chord, z - chord, z + chord], TOLERANCE);
}

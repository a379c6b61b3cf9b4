export { boxesOfSearch, placeOfBox, type SphereRegion, type SphereSearch } from './ball.ts';
export { type Box, boxChordSquared } from './box.ts';
export { boxesOf, type Geometry } from './geometry.ts';
export { GeometryFault } from './geometry-fault.ts';
export type { Near } from './near.ts';
export { type NearCondition, nearOf } from './near-condition.ts';
export { nearestAt, placesAt } from './places.ts';
export type { Place } from './ring.ts';
export { angleOfChord, chordOfAngle, EARTH_RADIUS, type Vector } from './vector.ts';

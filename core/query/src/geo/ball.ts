import { type Box, boxOfPoint, growBox } from './box.ts';
import { boxOfCap, type Cap } from './cap.ts';
import type { Geometry } from './geometry.ts';
import type { Region } from './region.ts';
import type { Place } from './ring.ts';
import { chordOfAngle, chordSquared, lengthOf, scale, TOLERANCE, type Vector } from './vector.ts';

/** What a search by boxes looks for on the sphere: places in a region, or places that meet a geometry. */
export type SphereSearch = { readonly within: SphereRegion } | { readonly meeting: Geometry };

export type SphereRegion = Exclude<Region, { kind: 'flat' }>;

/** Boxes that hold, together, all that a place that is found may have a point in. */
export function boxesOfSearch(search: SphereSearch): Box[] {
  if ('meeting' in search) {
    const { points, lines, polygons } = search.meeting;
    const boxes = [...points.map(boxOfPoint), ...lines.map((line) => line.tree.box), ...polygons.map(({ box }) => box)];
    return boxes.map((box) => growBox(box, TOLERANCE));
  }
  const { within } = search;
  if (within.kind === 'cap') return [boxOfCap(within.cap)];
  return within.polygons.map(({ box }) => growBox(box, TOLERANCE));
}

/**
 * What is known of every place that lies in the box: `inside`, it is found; `outside`, it is not; `boundary`, it must be looked at.
 */
export function placeOfBox(search: SphereSearch, [minX, maxX, minY, maxY, minZ, maxZ]: readonly [...Box, ...number[]]): Place {
  const middle: Vector = [(minX + maxX) / 2, (minY + maxY) / 2, (minZ + maxZ) / 2];
  const reach = lengthOf([(maxX - minX) / 2, (maxY - minY) / 2, (maxZ - minZ) / 2]);
  const length = lengthOf(middle);
  if (length < 0.5) return 'boundary';
  return placeOfBall(search, scale(middle, 1 / length), reach + Math.abs(1 - length) + 1e-12);
}

/** `radius`: of the ball in space, so the length of a chord. */
function placeOfBall(search: SphereSearch, centre: Vector, radius: number): Place {
  if ('meeting' in search) return placeAtGeometry(search.meeting, centre, radius);
  const { within } = search;
  if (within.kind === 'cap') return placeAtCap(within.cap, centre, radius);
  return best(within.polygons.map((polygon) => polygon.locate(centre, radius)));
}

function placeAtGeometry(geometry: Geometry, centre: Vector, radius: number): Place {
  const place = best(geometry.polygons.map((polygon) => polygon.locate(centre, radius)));
  if (place !== 'outside') return place;
  const isNear =
    geometry.points.some((point) => chordSquared(point, centre) <= radius * radius) ||
    geometry.lines.some((chain) => chain.comesNear(centre, radius));
  return isNear ? 'boundary' : 'outside';
}

/** The sphere's points of a cap are those within a ball in space around its centre. */
function placeAtCap(cap: Cap, centre: Vector, radius: number): Place {
  const chord = Math.sqrt(chordOfAngle(cap.angle));
  const distance = Math.sqrt(chordSquared(cap.centre, centre));
  if (distance + radius < chord) return 'inside';
  return distance - radius > chord ? 'outside' : 'boundary';
}

function best(places: readonly Place[]): Place {
  if (places.includes('inside')) return 'inside';
  return places.includes('boundary') ? 'boundary' : 'outside';
}

import type { Document, Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { testedValues } from '../values-at-path.ts';
import type { Geometry } from './geometry.ts';
import { GeometryFault } from './geometry-fault.ts';
import { distanceWithin, type Near } from './near.ts';
import { legacyPoint } from './read-position.ts';
import { storedGeometry } from './stored-geometry.ts';

/**
 * What an index of places holds of a document: the geometry at the path, or each of an array of them. Null, a missing field and an
 * empty array give none; any other value that is no geometry is the fault of the whole.
 */
export function placesAt(document: Document, path: Path): Geometry[] | GeometryFault {
  const places: Geometry[] = [];
  for (const value of testedValues(document, path)) {
    if (!isPlace(value)) continue;
    const geometry = storedGeometry(value);
    if (geometry instanceof GeometryFault) return geometry;
    places.push(geometry);
  }
  return places;
}

/** The numbers of `[longitude, latitude]` stand beside it, and an array of places beside these: both are no places of their own. */
function isPlace(value: Value): boolean {
  if (value === null || typeof value === 'number') return false;
  return Array.isArray(value) ? legacyPoint(value) !== undefined : true;
}

/** The least distance in metres, within the bounds, of a place at the path, and the place; undefined when there is none. */
export function nearestAt(document: Document, path: Path, near: Near): { distance: number; place: Value } | undefined {
  let nearest: { distance: number; place: Value } | undefined;
  for (const place of testedValues(document, path)) {
    const distance = distanceWithin(near, place);
    if (distance !== undefined && (nearest === undefined || distance < nearest.distance)) nearest = { distance, place };
  }
  return nearest;
}

import type { Document, Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { testedValues, wholeValues } from '../values-at-path.ts';
import type { Geometry } from './geometry.ts';
import { type GeometryFault, readEach } from './geometry-fault.ts';
import { distanceWithin, type Near } from './near.ts';
import { legacyPoint } from './read-position.ts';
import { storedGeometry } from './stored-geometry.ts';

/**
 * What an index of places holds of a document: the geometry at the path, or each of an array of them. Null, a missing field and an
 * empty array give none; any other value that is no geometry is the fault of the whole.
 */
export function placesAt(document: Document, path: Path): Geometry[] | GeometryFault {
  return readEach(wholeValues(document, path).flatMap(placesIn), storedGeometry);
}

/** The value itself, or the elements of an array that is no `[longitude, latitude]`. */
function placesIn(value: Value): readonly Value[] {
  if (value === null) return [];
  if (!Array.isArray(value) || legacyPoint(value) !== undefined) return [value];
  return value.filter((element) => element !== null);
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

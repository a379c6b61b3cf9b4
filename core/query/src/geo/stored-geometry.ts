import { isDocument, type Value } from '@aerolithdb/protocol';
import { asNumber } from '../numeric.ts';
import type { Geometry } from './geometry.ts';
import { GeometryFault } from './geometry-fault.ts';
import { isGeoJson, readGeometry } from './read-geometry.ts';
import { type Flat, legacyPoint, onSphere } from './read-position.ts';
import { intersects } from './relations.ts';

/** What a document holds as a place: GeoJSON, or a legacy point that has a longitude and a latitude. */
export function storedGeometry(value: Value | undefined): Geometry | GeometryFault {
  if (isDocument(value) && isGeoJson(value)) return readGeometry(value);
  const flat = legacyPoint(value);
  if (flat === undefined) return isDocument(value) ? readGeometry(value) : NO_PLACE;
  const point = onSphere(flat);
  return point instanceof GeometryFault ? point : { points: [point], lines: [], polygons: [] };
}

const NO_PLACE = new GeometryFault('A place is a GeoJSON object or [longitude, latitude].');

/** Whether the value is a place that has a point in common with the geometry. */
export function meetsGeometry(geometry: Geometry, value: Value | undefined): boolean {
  const stored = storedGeometry(value);
  return !(stored instanceof GeometryFault) && intersects(geometry, stored);
}

/** The value as one point of a plane; undefined for lines, polygons and what is no place. */
export function storedFlatPoint(value: Value | undefined): Flat | undefined {
  if (!isDocument(value) || !isGeoJson(value)) return legacyPoint(value);
  const coordinates = value.get('coordinates');
  if (value.get('type') !== 'Point' || !Array.isArray(coordinates)) return undefined;
  return storedGeometry(value) instanceof GeometryFault ? undefined : [asNumber(coordinates[0])!, asNumber(coordinates[1])!];
}

import { AerolithError, type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Test } from '../filter.ts';
import { asNumber } from '../numeric.ts';
import type { Geometry } from './geometry.ts';
import { GeometryFault } from './geometry-fault.ts';
import type { Near } from './near.ts';
import { isGeoJson, readGeometry, type Winding } from './read-geometry.ts';
import { type Flat, legacyPoint, onSphere } from './read-position.ts';
import type { FlatShape, Region } from './region.ts';
import { EARTH_RADIUS, type Vector } from './vector.ts';

const STRICT_WINDING = 'urn:x-mongodb:crs:strictwinding:EPSG:4326';
const SYSTEMS = ['EPSG:4326', 'urn:ogc:def:crs:OGC:1.3:CRS84', STRICT_WINDING];

/** Bounds of a distance that stand beside `$near` of a legacy point. */
export const DISTANCE_BOUNDS = ['$minDistance', '$maxDistance'] as const;

/** Reads `$geoWithin`, `$geoIntersects`, `$near` or `$nearSphere`. `beside`: the conditions that it is one of. Throws `invalid_filter`. */
export function parseGeo(operator: string, operand: Value, beside: Document): Test {
  switch (operator) {
    case '$geoWithin':
      return { op: 'geoWithin', region: parseRegion(operand) };
    case '$geoIntersects':
      return { op: 'geoIntersects', geometry: parseIntersecting(operand) };
    default:
      return { op: 'near', near: parseNear(operator, operand, beside) };
  }
}

function parseIntersecting(operand: Value): Geometry {
  const { name, value } = soleShape('$geoIntersects', operand, '{$geometry: {type: "Polygon", coordinates: …}}');
  if (name === '$geometry') return queryGeometry('$geoIntersects', value);
  throw invalid('$geoIntersects', `$geoIntersects takes $geometry, a GeoJSON geometry, not ${name}.`);
}

function parseRegion(operand: Value): Region {
  const { name, value } = soleShape(
    '$geoWithin',
    operand,
    '{$geometry: …}, {$centerSphere: …}, {$box: …}, {$polygon: …} or {$center: …}',
  );
  switch (name) {
    case '$geometry':
      return { kind: 'polygons', polygons: queryPolygons(value) };
    case '$centerSphere':
      return { kind: 'cap', cap: parseCap(value) };
    case '$box':
    case '$polygon':
    case '$center':
      return { kind: 'flat', shape: parseFlatShape(name, value) };
    default:
      throw invalid('$geoWithin', `$geoWithin takes $geometry, $centerSphere, $box, $polygon or $center, not ${name}.`);
  }
}

function soleShape(operator: string, operand: Value, what: string): { readonly name: string; readonly value: Value } {
  const [entry, ...others] = isDocument(operand) ? [...operand] : [];
  if (entry !== undefined && others.length === 0) return { name: entry[0], value: entry[1] };
  throw invalid(operator, `${operator} takes one shape: ${what}.`);
}

function queryPolygons(value: Value): Geometry['polygons'] {
  const { points, lines, polygons } = queryGeometry('$geoWithin', value);
  if (points.length === 0 && lines.length === 0) return polygons;
  throw invalid(
    '$geoWithin',
    'The $geometry of $geoWithin is a Polygon or a MultiPolygon: nothing lies within points and lines.',
  );
}

function queryGeometry(operator: string, value: Value): Geometry {
  if (!isDocument(value)) throw invalid(operator, 'The $geometry is a GeoJSON object: {type: …, coordinates: …}.');
  const geometry = readGeometry(value, windingOf(operator, value));
  if (geometry instanceof GeometryFault)
    throw invalid(operator, `The $geometry of ${operator} is malformed. ${geometry.sentence}`);
  return geometry;
}

function windingOf(operator: string, geometry: Document): Winding {
  const crs = geometry.get('crs');
  if (crs === undefined) return {};
  const properties = isDocument(crs) ? crs.get('properties') : undefined;
  const name = isDocument(properties) ? properties.get('name') : undefined;
  if (SYSTEMS.includes(name as string)) return { strictWinding: name === STRICT_WINDING };
  throw invalid(operator, `The "crs" of a $geometry is {type: "name", properties: {name: …}} with one of ${SYSTEMS.join(', ')}.`);
}

function parseCap(value: Value): { centre: Vector; angle: number } {
  const { centre, radius } = parseCircle('$centerSphere', value, 'radians');
  return { centre: sphere('$geoWithin', centre), angle: radius };
}

function parseCircle(name: string, value: Value, unit: string): { centre: Flat; radius: number } {
  const [point, size] = Array.isArray(value) && value.length === 2 ? value : [];
  const centre = legacyPoint(point);
  const radius = asNumber(size);
  if (centre !== undefined && radius !== undefined && radius >= 0) return { centre, radius };
  throw invalid('$geoWithin', `${name} takes a point and a radius in ${unit}, not negative: [[x, y], radius].`);
}

function parseFlatShape(name: '$box' | '$polygon' | '$center', value: Value): FlatShape {
  if (name === '$center') return { kind: 'circle', ...parseCircle(name, value, 'the unit of the coordinates') };
  const points = (isDocument(value) ? [...value.values()] : Array.isArray(value) ? value : []).map(legacyPoint);
  if (points.includes(undefined)) throw invalid('$geoWithin', `Each of the points of ${name} is [x, y].`);
  const vertices = points as Flat[];
  if (name === '$polygon') {
    if (vertices.length >= 3) return { kind: 'polygon', vertices };
    throw invalid('$geoWithin', '$polygon takes at least three points: [[x, y], [x, y], [x, y]].');
  }
  const [a, b] = vertices;
  if (a === undefined || b === undefined || vertices.length !== 2)
    throw invalid('$geoWithin', '$box takes two opposite corners: [[x, y], [x, y]].');
  return {
    kind: 'box',
    low: [Math.min(a[0], b[0]), Math.min(a[1], b[1])],
    high: [Math.max(a[0], b[0]), Math.max(a[1], b[1])],
  };
}

/** With `$geometry` or GeoJSON the bounds are metres and stand inside; with a legacy point they are radians and stand beside. */
export function parseNear(operator: string, operand: Value, beside: Document): Near {
  if (isDocument(operand) && operand.has('$geometry')) {
    const wrong = [...operand.keys()].find(
      (name) => name !== '$geometry' && !(DISTANCE_BOUNDS as readonly string[]).includes(name),
    );
    if (wrong !== undefined) throw invalid(operator, `${operator} takes $geometry, $minDistance and $maxDistance, not ${wrong}.`);
    const outside = DISTANCE_BOUNDS.find((name) => beside.has(name));
    if (outside !== undefined) throw invalid(operator, `${outside} stands inside of ${operator}, beside its $geometry.`);
    return nearPoint(operator, operand.get('$geometry')!, operand);
  }
  if (isDocument(operand) && isGeoJson(operand)) return nearPoint(operator, operand, beside);
  const at = legacyPoint(operand);
  if (at === undefined)
    throw invalid(
      operator,
      `${operator} takes {$geometry: {type: "Point", coordinates: [longitude, latitude]}} or [longitude, latitude].`,
    );
  return { centre: sphere(operator, at), ...boundsOf(operator, beside, EARTH_RADIUS), radians: true };
}

function nearPoint(operator: string, value: Value, bounds: Document): Near {
  const geometry = queryGeometry(operator, value);
  const coordinates = (value as Document).get('coordinates');
  const at = (value as Document).get('type') === 'Point' ? legacyPoint(coordinates) : undefined;
  if (at === undefined) throw invalid(operator, `The $geometry of ${operator} is a Point.`);
  return { centre: geometry.points[0]!, ...boundsOf(operator, bounds, 1), radians: false };
}

function boundsOf(operator: string, bounds: Document, metres: number): Pick<Near, 'minDistance' | 'maxDistance'> {
  return {
    minDistance: distanceOf(operator, bounds, '$minDistance', 0) * metres,
    maxDistance: distanceOf(operator, bounds, '$maxDistance', Number.POSITIVE_INFINITY) * metres,
  };
}

function distanceOf(operator: string, bounds: Document, name: string, otherwise: number): number {
  const value = bounds.get(name);
  if (value === undefined) return otherwise;
  const distance = asNumber(value);
  if (distance !== undefined && distance >= 0) return distance;
  throw invalid(operator, `${name} is a distance: a number that is not negative.`);
}

function sphere(operator: string, at: Flat): Vector {
  const point = onSphere(at);
  if (point instanceof GeometryFault) throw invalid(operator, point.sentence);
  return point;
}

function invalid(operator: string, message: string): AerolithError {
  return new AerolithError('invalid_filter', message, { operator });
}

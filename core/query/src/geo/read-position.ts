import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { asNumber } from '../numeric.ts';
import { GeometryFault } from './geometry-fault.ts';
import { type Vector, vectorOf } from './vector.ts';

/** Two numbers on a plane; on the sphere longitude and latitude in degrees. */
export type Flat = readonly [x: number, y: number];

/** A position of GeoJSON: longitude, then latitude; further numbers (a height) are not looked at. */
export function readPosition(value: Value): Vector | GeometryFault {
  const flat = Array.isArray(value) ? pairOf(value[0], value[1]) : undefined;
  if (flat === undefined) return new GeometryFault('A position is an array of numbers: [longitude, latitude].');
  return onSphere(flat);
}

export function onSphere([longitude, latitude]: Flat): Vector | GeometryFault {
  if (!(longitude >= -180 && longitude <= 180))
    return new GeometryFault(`The longitude ${longitude} is not between -180 and 180. A position is [longitude, latitude].`);
  if (!(latitude >= -90 && latitude <= 90))
    return new GeometryFault(`The latitude ${latitude} is not between -90 and 90. A position is [longitude, latitude].`);
  return vectorOf(longitude, latitude);
}

/** A legacy point: `[x, y]`, or an object whose first two fields are numbers. */
export function legacyPoint(value: Value | undefined): Flat | undefined {
  if (Array.isArray(value)) return pairOf(value[0], value[1]);
  return isDocument(value) ? firstTwo(value) : undefined;
}

function firstTwo(document: Document): Flat | undefined {
  const values = document.values();
  return pairOf(values.next().value, values.next().value);
}

function pairOf(first: Value | undefined, second: Value | undefined): Flat | undefined {
  const x = asNumber(first);
  const y = asNumber(second);
  return Number.isFinite(x) && Number.isFinite(y) ? [x!, y!] : undefined;
}

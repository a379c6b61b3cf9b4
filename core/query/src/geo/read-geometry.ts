import { type Document, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import { boxesMeet } from './box.ts';
import { edgesCross } from './edge.ts';
import { EdgeChain, someEdgePair } from './edge-chain.ts';
import type { Geometry } from './geometry.ts';
import { GeometryFault, readEach } from './geometry-fault.ts';
import { Polygon } from './polygon.ts';
import { readPosition } from './read-position.ts';
import { readRing, readVertices } from './read-ring.ts';
import { Ring } from './ring.ts';
import type { Vector } from './vector.ts';

/** `strictWinding`: of a polygon, whatever its size, the inside is on the left of its ring, which MongoDB has for queries. */
export type Winding = { readonly strictWinding?: boolean };

type Reader = (coordinates: Value, winding: Winding) => Geometry | GeometryFault;

const READERS: Readonly<Record<string, Reader>> = {
  Point: (value) => made(readPosition(value), (point) => ({ points: [point] })),
  MultiPoint: (value) => made(several(value, 'A MultiPoint', readPosition), (points) => ({ points })),
  LineString: (value) => made(readLine(value), (line) => ({ lines: [line] })),
  MultiLineString: (value) => made(several(value, 'A MultiLineString', readLine), (lines) => ({ lines })),
  Polygon: (value, winding) => made(readPolygon(value, winding), (polygon) => ({ polygons: [polygon] })),
  MultiPolygon: (value, winding) =>
    made(
      several(value, 'A MultiPolygon', (part) => readPolygon(part, winding)),
      (polygons) => ({ polygons }),
    ),
};

/** Each is held against each other one. */
const HOLES_MAX = 1000;

const TYPES = [...Object.keys(READERS), 'GeometryCollection'];

/** Whether the object says that it is GeoJSON: its `type` is one of the seven. */
export function isGeoJson(document: Document): boolean {
  return TYPES.includes(document.get('type') as string);
}

/** Reads a GeoJSON geometry (RFC 7946) with MongoDB's strictness. Fields that GeoJSON does not know are not looked at. */
export function readGeometry(document: Document, winding: Winding = {}): Geometry | GeometryFault {
  const type = document.get('type');
  if (typeof type !== 'string') return new GeometryFault(`A GeoJSON geometry has a "type", one of ${TYPES.join(', ')}.`);
  if (type === 'GeometryCollection') return readCollection(document.get('geometries'));
  const read = READERS[type];
  if (read === undefined) return unknownType(type);
  const coordinates = document.get('coordinates');
  if (!Array.isArray(coordinates)) return new GeometryFault(`A ${type} has "coordinates", an array.`);
  return read(coordinates, winding);
}

function unknownType(type: string): GeometryFault {
  const nearest = suggestNearest(type, TYPES);
  const hint = nearest === undefined ? `Known are ${TYPES.join(', ')}.` : `Did you mean ${nearest}?`;
  return new GeometryFault(`There is no geometry of type "${type}". ${hint}`);
}

function made<T>(read: T | GeometryFault, geometry: (part: T) => Partial<Geometry>): Geometry | GeometryFault {
  return read instanceof GeometryFault ? read : { points: [], lines: [], polygons: [], ...geometry(read) };
}

function several<T>(value: Value, what: string, read: (value: Value) => T | GeometryFault): T[] | GeometryFault {
  if (!Array.isArray(value) || value.length === 0) return new GeometryFault(`${what} has at least one part.`);
  return readEach(value, read);
}

function readCollection(value: Value | undefined): Geometry | GeometryFault {
  if (!Array.isArray(value) || value.length === 0)
    return new GeometryFault('A GeometryCollection has "geometries", an array with at least one.');
  const parts = readEach(value, (part) => {
    if (!isDocument(part)) return new GeometryFault('Each of the "geometries" of a GeometryCollection is a GeoJSON object.');
    if (part.get('type') !== 'GeometryCollection') return readGeometry(part);
    return new GeometryFault('A GeometryCollection holds no other GeometryCollection.');
  });
  if (parts instanceof GeometryFault) return parts;
  return {
    points: parts.flatMap(({ points }) => points),
    lines: parts.flatMap(({ lines }) => lines),
    polygons: parts.flatMap(({ polygons }) => polygons),
  };
}

function readLine(value: Value): EdgeChain | GeometryFault {
  const vertices = readVertices(value, 'A LineString');
  if (vertices instanceof GeometryFault) return vertices;
  return vertices.length >= 2
    ? new EdgeChain(vertices, false)
    : new GeometryFault('A LineString has at least two different positions.');
}

function readPolygon(value: Value, winding: Winding): Polygon | GeometryFault {
  if (!Array.isArray(value) || value.length === 0)
    return new GeometryFault('A Polygon has an array of rings, the shell first, then holes.');
  const rings = readEach(value, (ring, i) => readRing(ring, i === 0 ? 'The shell of a Polygon' : `Hole ${i} of a Polygon`));
  if (rings instanceof GeometryFault) return rings;
  if (winding.strictWinding !== true) return assemble(rings.map(Ring.smaller));
  return rings.length === 1
    ? new Polygon(Ring.leftOf(rings[0]!))
    : new GeometryFault('A Polygon with strict winding has one ring, no holes.');
}

/** Holes lie in the shell, beside each other. Rings may touch. */
function assemble([shell, ...holes]: readonly Ring[]): Polygon | GeometryFault {
  if (holes.length > HOLES_MAX)
    return new GeometryFault(`A Polygon has at most ${HOLES_MAX} holes; this one has ${holes.length}.`);
  const solid = new Polygon(shell!);
  const inner = holes.map((hole) => hole.pointBeside(true));
  for (const [i, hole] of holes.entries()) {
    if (ringsCross(shell!, hole) || solid.locate(inner[i]!) === 'outside')
      return new GeometryFault(`Hole ${i + 1} of a Polygon is not inside of its shell.`);
    for (let other = 0; other < i; other += 1)
      if (overlap(holes[other]!, inner[other]!, hole, inner[i]!))
        return new GeometryFault(`Holes ${other + 1} and ${i + 1} of a Polygon overlap.`);
  }
  return new Polygon(shell!, holes);
}

/** `ofA`, `ofB`: points inside of the rings, which tell when these do not cross. */
function overlap(a: Ring, ofA: Vector, b: Ring, ofB: Vector): boolean {
  if (!boxesMeet(a.box, b.box)) return false;
  return ringsCross(a, b) || a.locate(ofB) === 'inside' || b.locate(ofA) === 'inside';
}

function ringsCross({ chain: a }: Ring, { chain: b }: Ring): boolean {
  return someEdgePair(a, b, (i, j) => edgesCross(a.start(i), a.end(i), b.start(j), b.end(j)));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, fromPlain, type Value } from '@aerolithdb/protocol';
import { booleanContains } from '@turf/boolean-contains';
import { booleanDisjoint } from '@turf/boolean-disjoint';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Geometry } from './geometry.ts';
import { GeometryFault } from './geometry-fault.ts';
import { RandomShapes } from './random-shapes.ts';
import { readGeometry } from './read-geometry.ts';
import { intersects, isWithin } from './relations.ts';

/**
 * Turf knows the plane alone. From the centre of the earth, half of the sphere is seen on a plane with its great circles as straight
 * lines (the gnomonic projection): there Turf must say what we say of the sphere.
 */

type Place = [number, number];
type Shape =
  | { type: 'Point'; coordinates: Place }
  | { type: 'LineString'; coordinates: Place[] }
  | { type: 'Polygon'; coordinates: Place[][] };

function ours(shape: Shape): Geometry {
  const read = readGeometry(fromPlain(shape) as Document & Value);
  assert.ok(!(read instanceof GeometryFault), JSON.stringify(shape));
  return read;
}

function onPlane(centre: Place, shape: Shape): Shape {
  const place = (position: Place) => gnomonic(centre, position);
  if (shape.type === 'Point') return { type: 'Point', coordinates: place(shape.coordinates) };
  if (shape.type === 'LineString') return { type: 'LineString', coordinates: shape.coordinates.map(place) };
  return { type: 'Polygon', coordinates: shape.coordinates.map((ring) => ring.map(place)) };
}

function gnomonic([longitude, latitude]: Place, [lng, lat]: Place): Place {
  const rad = Math.PI / 180;
  const [p, q, l] = [latitude * rad, lat * rad, (lng - longitude) * rad];
  const depth = Math.sin(p) * Math.sin(q) + Math.cos(p) * Math.cos(q) * Math.cos(l);
  return [(Math.cos(q) * Math.sin(l)) / depth, (Math.cos(p) * Math.sin(q) - Math.sin(p) * Math.cos(q) * Math.cos(l)) / depth];
}

const CENTRES: readonly Place[] = [
  [0, 90],
  [0, -90],
  [180, 0],
  [-179.9, 67],
  [0, 0],
];

function* cases(seed: number, count: number): Generator<{ shapes: RandomShapes; centre: Place; size: number; outer: Shape }> {
  const shapes = new RandomShapes(seed);
  for (let i = 0; i < count; i += 1) {
    const centre: Place = [...(CENTRES[i] ?? shapes.position())];
    const size = [0.01, 1, 10, 40][i % 4]!;
    const rings = [shapes.star(centre, size * 0.6, size, 7 + (i % 9))];
    if (i % 3 === 0) rings.push(shapes.star(centre, size * 0.1, size * 0.25, 3 + (i % 5)));
    yield { shapes, centre, size, outer: { type: 'Polygon', coordinates: rings } };
  }
}

function other(shapes: RandomShapes, near: Place, size: number, kind: number): Shape {
  const middle = shapes.near(near, size);
  const small = size * [0.1, 0.3, 0.6][kind % 3]!;
  if (kind % 2 === 0) return { type: 'Polygon', coordinates: [shapes.star(middle, small * 0.3, small, 3 + (kind % 6))] };
  return { type: 'LineString', coordinates: Array.from({ length: 3 }, () => shapes.near(middle, small)) };
}

test('points in polygons with holes', () => {
  for (const { shapes, centre, size, outer } of cases(11, 120)) {
    const polygon = ours(outer);
    const flat = onPlane(centre, outer) as Extract<Shape, { type: 'Polygon' }>;
    for (let i = 0; i < 20; i += 1) {
      const point: Shape = { type: 'Point', coordinates: shapes.near(centre, size * 1.1) };
      const expected = booleanPointInPolygon(onPlane(centre, point) as Extract<Shape, { type: 'Point' }>, flat);
      assert.equal(isWithin(ours(point), polygon.polygons), expected, JSON.stringify([outer, point]));
      assert.equal(intersects(ours(point), polygon), expected, JSON.stringify([outer, point]));
    }
  }
});

test('lines and polygons in polygons, and what they have in common', () => {
  let [within, meeting, apart] = [0, 0, 0];
  for (const { shapes, centre, size, outer } of cases(12, 120)) {
    const [polygon, flat] = [ours(outer), onPlane(centre, outer)];
    for (let i = 0; i < 12; i += 1) {
      const shape = other(shapes, centre, size, i);
      const [inner, flatInner] = [ours(shape), onPlane(centre, shape)];
      const disjoint = booleanDisjoint(flat, flatInner);
      assert.equal(intersects(polygon, inner), !disjoint, `disjoint ${JSON.stringify([outer, shape])}`);
      assert.equal(intersects(inner, polygon), !disjoint);
      const contained = !disjoint && contains(flat, flatInner);
      assert.equal(isWithin(inner, polygon.polygons), contained, `contained ${JSON.stringify([outer, shape])}`);
      if (contained) within += 1;
      if (disjoint) apart += 1;
      else meeting += 1;
    }
  }
  assert.ok(within > 50 && meeting > 200 && apart > 50, `${within} ${meeting} ${apart}`);
});

/** Turf takes no holes into account here: what lies in the shell must be disjoint from them. */
function contains(outer: Shape, inner: Shape): boolean {
  if (outer.type !== 'Polygon') return false;
  const [shell, ...holes] = outer.coordinates;
  if (!booleanContains({ type: 'Polygon', coordinates: [shell!] }, inner)) return false;
  return holes.every((hole) => booleanDisjoint({ type: 'Polygon', coordinates: [hole] }, inner));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, fromPlain, type Value } from '@aerolithdb/protocol';
import { boxHolds } from './box.ts';
import { boxOf, distanceTo, type Geometry } from './geometry.ts';
import { GeometryFault } from './geometry-fault.ts';
import { RandomShapes } from './random-shapes.ts';
import { readGeometry } from './read-geometry.ts';
import { EARTH_RADIUS, type Vector, vectorOf } from './vector.ts';

function geometry(type: string, coordinates: unknown): Geometry {
  const read = readGeometry(fromPlain({ type, coordinates }) as Document & Value);
  assert.ok(!(read instanceof GeometryFault), read instanceof GeometryFault ? read.sentence : '');
  return read;
}

/** The angle that an outline turns around a point, out of bearings: another formula than that of the code. */
function turnsAround(ring: readonly (readonly [number, number])[], [longitude, latitude]: readonly [number, number]): number {
  const rad = Math.PI / 180;
  const bearings = ring.map(([lng, lat]) => {
    const dl = (lng - longitude) * rad;
    const y = Math.sin(dl) * Math.cos(lat * rad);
    const x = Math.cos(latitude * rad) * Math.sin(lat * rad) - Math.sin(latitude * rad) * Math.cos(lat * rad) * Math.cos(dl);
    return Math.atan2(y, x);
  });
  let sum = 0;
  for (let i = 1; i < bearings.length; i += 1) {
    const turn = bearings[i]! - bearings[i - 1]!;
    sum += turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
  }
  return Math.abs(sum / (2 * Math.PI));
}

function haversine(a: readonly [number, number], b: readonly [number, number]): number {
  const rad = Math.PI / 180;
  const half = (angle: number) => Math.sin((angle * rad) / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(half(b[1] - a[1]) + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * half(b[0] - a[0])));
}

const CENTRES: readonly (readonly [number, number])[] = [
  [0, 90],
  [0, -90],
  [180, 0],
  [-179.9, 67],
  [0, 0],
  [12, 80],
  [90, -85],
];

test('points in outlines around poles, across the antimeridian and anywhere, as by the angle that they turn', () => {
  const shapes = new RandomShapes(1);
  let [inside, outside] = [0, 0];
  for (let i = 0; i < 300; i += 1) {
    const centre = CENTRES[i] ?? shapes.position();
    const size = [0.001, 0.5, 5, 30, 80][i % 5]!;
    const ring = shapes.star(centre, size * 0.2, size, 3 + (i % 40));
    const given = i % 2 === 0 ? ring : ring.toReversed();
    const { polygons } = geometry('Polygon', [given]);
    for (let j = 0; j < 40; j += 1) {
      const position = j % 8 === 0 ? shapes.position() : shapes.near(centre, size * 1.2);
      // An outline that turns around a point also turns around the one opposite of it.
      const expected = turnsAround(ring, position) > 0.5 && haversine(position, centre) < Math.PI / 2;
      const point = vectorOf(...position);
      const place = polygons[0]!.locate(point);
      assert.equal(place, expected ? 'inside' : 'outside', `${JSON.stringify(given)} ${position}`);
      if (expected) inside += 1;
      else outside += 1;
      if (expected) assert.ok(boxHolds(polygons[0]!.box, point, 0), 'the box holds what the polygon does');
    }
  }
  assert.ok(inside > 2000 && outside > 2000, `${inside} ${outside}`);
});

test('distances are haversines', () => {
  const shapes = new RandomShapes(2);
  for (let i = 0; i < 2000; i += 1) {
    const a = shapes.position();
    const b = i % 2 === 0 ? shapes.position() : shapes.near(a, 0.01);
    const distance = distanceTo(geometry('Point', a), vectorOf(...b));
    assert.ok(Math.abs(distance - haversine(a, b) * EARTH_RADIUS) < 1e-6 * Math.max(1, distance * 1e-2), `${a} ${b}`);
  }
});

test('the distance to a line is the least of the distances to many points of it', () => {
  const shapes = new RandomShapes(3);
  for (let i = 0; i < 60; i += 1) {
    const a = shapes.position();
    const b = shapes.near(a, i % 2 === 0 ? 100 : 1);
    const [u, v] = [vectorOf(...a), vectorOf(...b)];
    const from = vectorOf(...shapes.near(a, 60));
    const line = geometry('LineString', [a, b]);
    const box = boxOf(line);
    let least = Number.POSITIVE_INFINITY;
    for (let t = 0; t <= 1; t += 1 / 2048) {
      const on = u.map((c, k) => c * (1 - t) + v[k]! * t) as unknown as Vector;
      const length = Math.hypot(...on);
      const point = on.map((c) => c / length) as unknown as Vector;
      assert.ok(boxHolds(box, point, 0), 'the box holds what the line does');
      least = Math.min(least, Math.hypot(...point.map((c, k) => c - from[k]!)));
    }
    const distance = distanceTo(line, from);
    assert.ok(Math.abs(distance - 2 * Math.asin(least / 2) * EARTH_RADIUS) < 1000, `${a} ${b} ${distance}`);
  }
});

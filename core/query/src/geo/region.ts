import type { Value } from '@aerolithdb/protocol';
import { type Cap, capHolds } from './cap.ts';
import { GeometryFault } from './geometry-fault.ts';
import type { Polygon } from './polygon.ts';
import type { Flat } from './read-position.ts';
import { isWithin } from './relations.ts';
import { storedFlatPoint, storedGeometry } from './stored-geometry.ts';

/** What `$geoWithin` asks to lie in: polygons or a cap on the sphere, or a shape on the plane of the coordinates. */
export type Region =
  | { readonly kind: 'polygons'; readonly polygons: readonly Polygon[] }
  | { readonly kind: 'cap'; readonly cap: Cap }
  | { readonly kind: 'flat'; readonly shape: FlatShape };

/** Each with its boundary. */
export type FlatShape =
  | { readonly kind: 'box'; readonly low: Flat; readonly high: Flat }
  | { readonly kind: 'circle'; readonly centre: Flat; readonly radius: number }
  | { readonly kind: 'polygon'; readonly vertices: readonly Flat[] };

/** Whether a value is a place that lies in the region with all of its parts. On the plane only points have a place. */
export function regionHolds(region: Region, value: Value | undefined): boolean {
  if (region.kind === 'flat') {
    const point = storedFlatPoint(value);
    return point !== undefined && shapeHolds(region.shape, point);
  }
  const geometry = storedGeometry(value);
  if (geometry instanceof GeometryFault) return false;
  return region.kind === 'cap' ? capHolds(region.cap, geometry) : isWithin(geometry, region.polygons);
}

function shapeHolds(shape: FlatShape, [x, y]: Flat): boolean {
  switch (shape.kind) {
    case 'box':
      return x >= shape.low[0] && x <= shape.high[0] && y >= shape.low[1] && y <= shape.high[1];
    case 'circle':
      return squared(x - shape.centre[0], y - shape.centre[1]) <= shape.radius * shape.radius;
    case 'polygon':
      return flatPolygonHolds(shape.vertices, [x, y]);
  }
}

function squared(x: number, y: number): number {
  return x * x + y * y;
}

/** By the edges that a line to the right crosses. */
function flatPolygonHolds(vertices: readonly Flat[], [x, y]: Flat): boolean {
  let inside = false;
  for (const [i, [bx, by]] of vertices.entries()) {
    const [ax, ay] = vertices.at(i - 1)!;
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (side === 0 && squared(x - ax, y - ay) + squared(x - bx, y - by) <= squared(bx - ax, by - ay)) return true;
    if (ay > y !== by > y && side > 0 === by > ay) inside = !inside;
  }
  return inside;
}

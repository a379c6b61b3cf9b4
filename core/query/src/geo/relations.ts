import { boxesMeet, boxHolds } from './box.ts';
import { edgesCross, edgesMeet, isOnEdge } from './edge.ts';
import { type EdgeChain, someEdgePair } from './edge-chain.ts';
import { chainsOf, type Geometry } from './geometry.ts';
import type { Polygon } from './polygon.ts';
import { add, chordSquared, samePoint, TOLERANCE, unit, type Vector } from './vector.ts';

/** Whether all of the geometry lies in the polygons: each of its parts in one of them. Their boundary counts as inside. */
export function isWithin(geometry: Geometry, polygons: readonly Polygon[]): boolean {
  return (
    geometry.points.every((point) => polygons.some((polygon) => polygon.holds(point))) &&
    geometry.lines.every((line) => polygons.some((polygon) => holdsChain(polygon, line))) &&
    geometry.polygons.every((part) => polygons.some((polygon) => holdsPolygon(polygon, part)))
  );
}

/** Nothing that the outer polygon leaves out is in the inner one, and all of the inner boundary is in the outer one. */
function holdsPolygon(outer: Polygon, inner: Polygon): boolean {
  return (
    inner.chains.every((chain) => holdsChain(outer, chain)) &&
    outer.pointsOutside().every((point) => inner.locate(point) !== 'inside')
  );
}

function holdsChain(polygon: Polygon, chain: EdgeChain): boolean {
  if (!chain.vertices.every((vertex) => polygon.holds(vertex))) return false;
  const touching = new Map<number, Vector[]>();
  for (const boundary of polygon.chains) if (leaves(chain, boundary, touching)) return false;
  return [...touching].every(([edge, points]) => middlesOf(chain, edge, points).every((point) => polygon.holds(point)));
}

/** Whether the chain crosses the boundary. Notes for each edge that only touches it where it does: it may go on outside from there. */
function leaves(chain: EdgeChain, boundary: EdgeChain, touching: Map<number, Vector[]>): boolean {
  return someEdgePair(chain, boundary, (edge, other) => {
    const [a, b, c, d] = [chain.start(edge), chain.end(edge), boundary.start(other), boundary.end(other)];
    if (edgesCross(a, b, c, d)) return true;
    for (const [point, from, to] of [
      [c, a, b],
      [d, a, b],
      [a, c, d],
      [b, c, d],
    ] as const)
      if (isOnEdge(point, from, to)) touching.set(edge, [...(touching.get(edge) ?? []), point]);
    return false;
  });
}

/** The middles of the pieces that points on an edge part it into. */
function middlesOf(chain: EdgeChain, edge: number, points: readonly Vector[]): Vector[] {
  const [a, b] = [chain.start(edge), chain.end(edge)];
  const stops = [a, ...points, b].sort((p, q) => chordSquared(a, p) - chordSquared(a, q));
  return stops.slice(1).map((stop, i) => unit(add(stops[i]!, stop)));
}

/** Whether two geometries have a point in common. */
export function intersects(a: Geometry, b: Geometry): boolean {
  return (
    a.points.some((point) => holdsPoint(b, point)) ||
    b.points.some((point) => holdsPoint(a, point)) ||
    chainsOf(a).some((chain) => chainsOf(b).some((other) => chainsMeet(chain, other))) ||
    liesInside(a, b.polygons) ||
    liesInside(b, a.polygons)
  );
}

function holdsPoint(geometry: Geometry, point: Vector): boolean {
  return (
    geometry.points.some((other) => samePoint(other, point)) ||
    geometry.lines.some((line) => line.comesNear(point, TOLERANCE)) ||
    geometry.polygons.some((polygon) => boxHolds(polygon.box, point, TOLERANCE) && polygon.holds(point))
  );
}

function chainsMeet(a: EdgeChain, b: EdgeChain): boolean {
  if (!boxesMeet(a.tree.box, b.tree.box)) return false;
  return someEdgePair(a, b, (ofA, ofB) => edgesMeet(a.start(ofA), a.end(ofA), b.start(ofB), b.end(ofB)));
}

/** Whether an edge of the geometry lies in a polygon: when none crosses its boundary, one vertex of each chain tells. */
function liesInside(geometry: Geometry, polygons: readonly Polygon[]): boolean {
  return chainsOf(geometry).some((chain) => polygons.some((polygon) => polygon.holds(chain.vertices[0]!)));
}

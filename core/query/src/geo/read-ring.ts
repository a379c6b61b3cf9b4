import type { Value } from '@aerolithdb/protocol';
import { edgesCross } from './edge.ts';
import { EdgeChain, someEdgePair } from './edge-chain.ts';
import { GeometryFault, readEach } from './geometry-fault.ts';
import { readPosition } from './read-position.ts';
import { chordSquared, samePoint, type Vector } from './vector.ts';

/** Pairs of edges that are tried for a crossing. Real outlines need some ten an edge; one that folds over itself everywhere needs all. */
const PAIRS_MAX = 2_000_000;

/** Chord, squared, of two points that are opposite, within rounding. */
const OPPOSITE = 4 - 1e-14;

/** The vertices of a line or a ring, none the same as the one before it. */
export function readVertices(value: Value, what: string): Vector[] | GeometryFault {
  if (!Array.isArray(value)) return new GeometryFault(`${what} is an array of positions.`);
  const all = readEach(value, readPosition);
  if (all instanceof GeometryFault) return all;
  const vertices = all.filter((vertex, i) => i === 0 || !samePoint(vertex, all[i - 1]!));
  const turn = vertices.findIndex((vertex, i) => i > 0 && chordSquared(vertex, vertices[i - 1]!) > OPPOSITE);
  if (turn === -1) return vertices;
  return new GeometryFault(`Positions ${turn - 1} and ${turn} of ${what} are opposite on the earth; put one in between.`);
}

/** The vertices of a closed ring that does not cross or touch itself, the first not repeated at the end. */
export function readRing(value: Value, what: string): Vector[] | GeometryFault {
  const vertices = readVertices(value, what);
  if (vertices instanceof GeometryFault) return vertices;
  const last = vertices.pop();
  if (last === undefined || vertices.length === 0 || !samePoint(last, vertices[0]!))
    return new GeometryFault(`${what} is not closed: its last position must be the same as its first.`);
  if (vertices.length < 3)
    return new GeometryFault(
      `${what} has ${vertices.length} different positions; it needs at least three, then the first again.`,
    );
  return repeated(vertices, what) ?? crossing(new EdgeChain(vertices, true), what) ?? vertices;
}

function repeated(vertices: readonly Vector[], what: string): GeometryFault | undefined {
  const seen = new Map<string, number>();
  for (const [i, vertex] of vertices.entries()) {
    const key = vertex.join();
    const before = seen.get(key);
    if (before !== undefined) return new GeometryFault(`${what} comes to the same position twice, as number ${before} and ${i}.`);
    seen.set(key, i);
  }
  return undefined;
}

function crossing(chain: EdgeChain, what: string): GeometryFault | undefined {
  let pairs = 0;
  let crossed: readonly [number, number] | undefined;
  const found = someEdgePair(chain, chain, (i, j) => {
    pairs += 1;
    if (pairs > PAIRS_MAX) return true;
    if (j === i + 1 || (i === 0 && j === chain.edges - 1)) return false;
    if (!edgesCross(chain.start(i), chain.end(i), chain.start(j), chain.end(j))) return false;
    crossed = [i, j];
    return true;
  });
  if (!found) return undefined;
  if (crossed === undefined) return new GeometryFault(`${what} folds over itself too often to be checked; simplify it.`);
  return new GeometryFault(`${what} crosses itself: its edges ${crossed[0]} and ${crossed[1]} do.`);
}

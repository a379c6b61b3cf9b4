import type { Similarity } from '@aerolithdb/protocol';

/** The score of a vector of the query's length, the higher the nearer. */
export type Scorer = (vector: Float32Array) => number;

/**
 * Scores vectors against one as `$meta: 'vectorSearchScore'` gives it: (1 + cosine) / 2, 1 / (1 + distance) for `l2`, (1 + dot) / 2.
 * Computed in doubles, so everyone gets the same. The cosine of a vector without length is 0.
 */
export function scorerOf(similarity: Similarity, query: Float32Array): Scorer {
  if (similarity === 'l2') return (vector) => 1 / (1 + Math.sqrt(squaredDistance(query, vector)));
  if (similarity === 'dot') return (vector) => (1 + dot(query, vector)) / 2;
  const squares = dot(query, query);
  return (vector) => (1 + cosine(query, squares, vector)) / 2;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
  }
  return sum;
}

function cosine(a: Float32Array, squaresOfA: number, b: Float32Array): number {
  let product = 0;
  let squares = 0;
  for (let i = 0; i < a.length; i += 1) {
    const number = b[i]!;
    product += a[i]! * number;
    squares += number * number;
  }
  // One root of both: a vector is then at an angle of exactly 0 to itself.
  const lengths = Math.sqrt(squaresOfA * squares);
  return lengths === 0 ? 0 : product / lengths;
}

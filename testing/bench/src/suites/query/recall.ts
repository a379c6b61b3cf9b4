/** Ids of the vectors nearest to one by their angle, found by comparing all. All have length 1. */
export function exactNearest(vectors: readonly Float32Array[], query: Float32Array, count: number): number[] {
  const scores = Float64Array.from(vectors, (vector) => dot(vector, query));
  return Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, count);
}

/** The share of the true ids that were found, over all queries. */
export function recall(found: readonly (readonly number[])[], exact: readonly (readonly number[])[]): number {
  let hits = 0;
  let all = 0;
  exact.forEach((truth, i) => {
    const ids = new Set(found[i]);
    hits += truth.filter((id) => ids.has(id)).length;
    all += truth.length;
  });
  return hits / all;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * How many different values there are among `all`, when a sample has different ones that occur so often: `n·d / (n − f₁ + f₁·n/N)`.
 * Source: Haas and Stokes, "Estimating the Number of Classes in a Finite Population" (1998), estimator Duj1, as PostgreSQL has it.
 *
 * @example
 * estimateDistinct([3, 1], 4); // 2
 */
export function estimateDistinct(counts: readonly number[], all: number): number {
  const sampled = counts.reduce((sum, count) => sum + count, 0);
  if (sampled === 0 || all <= sampled) return counts.length;
  const once = counts.filter((count) => count === 1).length;
  return Math.round((sampled * counts.length) / (sampled - once + (once * sampled) / all));
}

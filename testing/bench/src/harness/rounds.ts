export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new Error('median of nothing');
  return middle;
}

/** One side of a comparison: each call measures once and gives one figure. */
export type Side = () => Promise<number>;

/**
 * Runs the sides in turn, round after round (A B C, A B C, …), so that a machine that slows down slows all of them.
 * Returns the median of each side.
 */
export async function interleave<Name extends string>(sides: Record<Name, Side>, rounds: number): Promise<Record<Name, number>> {
  const names = Object.keys(sides) as Name[];
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) figures.get(name)!.push(await sides[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(figures.get(name)!)])) as Record<Name, number>;
}

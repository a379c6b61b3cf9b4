const planter = new URL('./plant.ts', import.meta.url).href;

/** What a Node process needs to run with the bug planted; nothing when there is none. */
export function planting(plant: string | undefined): { argv: readonly string[]; env: Readonly<Record<string, string>> } {
  return plant === undefined ? { argv: [], env: {} } : { argv: ['--import', planter], env: { AEROLITH_PLANT: plant } };
}

/** The name that an index gets of its keys: `country_1_population_-1`. */
export function indexNameOf(keys: readonly (readonly [path: string, direction: number])[]): string {
  return keys.map(([path, direction]) => `${path}_${direction}`).join('_');
}

import type { Aerolith } from '../../../peers/aerolith.ts';

/** What the constants of a query are chosen from. */
export type Constants = {
  /** The commonest countries of the documents. */
  readonly countries: readonly string[];
  readonly staff: number;
};

/** One of the twelve, in our words and in SQL. */
export type ComplexQuery = {
  readonly name: string;
  /** Asks a store of ours. Without indexes it is asked the same, unless only an index can answer it. */
  ours(store: Aerolith, n: number, constants: Constants): Promise<unknown[]>;
  withoutIndexes?(store: Aerolith, n: number, constants: Constants): Promise<unknown[]>;
  /** Gives the documents of the answer as a column `doc`. */
  readonly sql: string;
  values(n: number, constants: Constants): unknown[];
  /** Whether the order of the answer is asked for. */
  readonly ordered: boolean;
  readonly needsPostgis?: boolean;
};

export function country(n: number, { countries }: Constants): string {
  return countries[n % countries.length]!;
}

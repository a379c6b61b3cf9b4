import type { Collections } from './expected-catalogue.ts';

/** One thing that differs from what the migrations that ran have made. */
export type Drift = {
  readonly collection: string;
  /** Absent: the collection itself, or its schema. */
  readonly index?: string;
  readonly kind: 'unknown' | 'missing' | 'changed';
  readonly sentence: string;
};

/** What the database has that no migration made, what it lacks, and what is otherwise. Sorted by collection. */
export function findDrift(expected: Collections, actual: Collections): readonly Drift[] {
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return names.flatMap((collection) => {
    const wanted = expected.get(collection);
    const found = actual.get(collection);
    if (wanted === undefined)
      return [{ collection, kind: 'unknown', sentence: `The collection "${collection}" was made by no migration.` } as const];
    if (found === undefined) {
      const sentence = `The collection "${collection}" was made by a migration and is gone.`;
      return [{ collection, kind: 'missing', sentence } as const];
    }
    return [...schemaDrift(collection, wanted.schema, found.schema), ...indexDrift(collection, wanted.indexes, found.indexes)];
  });
}

function schemaDrift(collection: string, wanted: string, found: string): Drift[] {
  if (wanted === found) return [];
  const what =
    found === '' ? 'was taken away' : wanted === '' ? 'was put on it by no migration' : 'is not the one of the migrations';
  return [{ collection, kind: 'changed', sentence: `The schema of "${collection}" ${what}.` }];
}

function indexDrift(collection: string, wanted: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): Drift[] {
  const names = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return names.flatMap((index): Drift[] => {
    const want = wanted.get(index);
    const have = found.get(index);
    const name = `The index "${index}" of "${collection}"`;
    if (want === have) return [];
    if (want === undefined) return [{ collection, index, kind: 'unknown', sentence: `${name} was made by no migration.` }];
    if (have === undefined)
      return [{ collection, index, kind: 'missing', sentence: `${name} was made by a migration and is gone.` }];
    return [{ collection, index, kind: 'changed', sentence: `${name} is ${have}; the migrations made ${want}.` }];
  });
}

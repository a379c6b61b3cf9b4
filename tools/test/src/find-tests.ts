import { globSync } from 'node:fs';

/** Where test files stand: beside their subject, in every workspace and in the set-up. */
const PLACES = ['core', 'cluster', 'server', 'clients', 'extensions', 'testing', 'tools', 'docs'];

export interface Choice {
  /** A file is taken when its path contains one of these; all are taken when there is none. */
  readonly parts: readonly string[];
  /** Whether `*.long.test.ts` are taken too. */
  readonly long: boolean;
}

/** The test files of the clone at `root`, as paths relative to it, sorted. */
export function findTests(root: string, choice: Choice): string[] {
  const found = globSync(
    PLACES.map((place) => `${place}/**/*.test.ts`),
    { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' },
  );
  return found.filter((file) => isChosen(file.replaceAll('\\', '/'), choice)).sort();
}

function isChosen(file: string, { parts, long }: Choice): boolean {
  if (file.endsWith('.long.test.ts') && !long) return false;
  return parts.length === 0 || parts.some((part) => file.includes(part));
}

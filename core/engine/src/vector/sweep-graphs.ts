import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { discard, readManifest } from './graph-file.ts';

/**
 * Removes files of graphs that nothing names: of indexes that are no more (`tables`: those that there are; undefined: all), and graphs
 * that another has replaced or whose making was cut off. Only the builder may call it. `only`: of this index.
 */
export function sweepGraphs(dataFile: string, tables: ReadonlySet<number> | undefined, only?: number): void {
  const prefix = `${basename(dataFile)}-vectors-`;
  for (const name of readdirSync(dirname(dataFile))) {
    if (!name.startsWith(prefix)) continue;
    const table = Number.parseInt(name.slice(prefix.length), 10);
    if (only !== undefined && table !== only) continue;
    if (isKept(dataFile, name, table, tables)) continue;
    discard(join(dirname(dataFile), name));
  }
}

function isKept(dataFile: string, name: string, table: number, tables: ReadonlySet<number> | undefined): boolean {
  if (tables !== undefined && !tables.has(table)) return false;
  return name.endsWith('.json') || readManifest(dataFile, table)?.file === name;
}

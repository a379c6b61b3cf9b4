import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GeneratedFile, Generator } from './generated-file.ts';

/** What the generators make now. Two generators may not make the same file. */
export async function generateAll(generators: readonly Generator[]): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  for (const generate of generators) files.push(...(await generate()));
  const paths = new Set(files.map((file) => file.path));
  if (paths.size !== files.length) throw new Error('Two generators make the same file.');
  return files;
}

/** Brings the files under `root` in line; with `check` it writes nothing and only says which are not. */
export function writeFiles(root: string, files: readonly GeneratedFile[], { check }: { check: boolean }) {
  const stale = files.filter(({ path, text }) => readIfThere(join(root, path)) !== text);
  const paths = stale.map((file) => file.path);
  if (check) return { wrong: paths, written: [] };
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { wrong: [], written: paths };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

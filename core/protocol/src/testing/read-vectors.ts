import { readFileSync } from 'node:fs';
import type { VectorFiles } from './check-vectors.ts';

const NAMES = ['values', 'invalid-json', 'comparison', 'key-encoding', 'canonical-form', 'command', 'block'] as const;

/** The files of `contracts/vectors`. */
export function readVectors(): VectorFiles {
  const files = NAMES.map((name) => {
    const path = new URL(`../../../../contracts/vectors/${name}.json`, import.meta.url);
    return [name, JSON.parse(readFileSync(path, 'utf8')) as unknown];
  });
  return Object.fromEntries(files) as VectorFiles;
}

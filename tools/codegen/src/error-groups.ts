import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ERRORS, type ErrorCode } from '@aerolithdb/protocol';

const CATALOGUE = fileURLToPath(new URL('../../../core/protocol/src/error-catalogue.ts', import.meta.url));

/** The codes under the comment that heads them in the catalogue, in its order. */
export function errorGroups(): Map<string, ErrorCode[]> {
  const groups = new Map<string, ErrorCode[]>();
  let title = 'Errors';
  for (const line of readFileSync(CATALOGUE, 'utf8').split('\n')) {
    const heading = /^ {2}\/\/ (.+)$/.exec(line)?.[1];
    if (heading !== undefined) title = heading;
    const code = /^ {2}(\w+): \{/.exec(line)?.[1];
    if (code !== undefined && isCode(code)) groups.set(title, [...(groups.get(title) ?? []), code]);
  }
  return groups;
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

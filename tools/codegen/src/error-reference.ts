import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ERRORS } from '@aerolithdb/protocol';
import { markdownTable } from './markdown-table.ts';

const CATALOGUE = fileURLToPath(new URL('../../../core/protocol/src/error-catalogue.ts', import.meta.url));

/** `contracts/errors.json`: the catalogue for clients in any language. */
export function errorContract(): string {
  return `${JSON.stringify(ERRORS, undefined, 2)}\n`;
}

/** `docs/reference/errors.md`. */
export function errorReference(): string {
  const sections = [...readGroups()].map(([title, codes]) => `## ${title}\n\n${tableOf(codes)}`);
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

const INTRODUCTION = `# Errors

<!-- Made by npm run docs from core/protocol/src/error-catalogue.ts. -->

Every error has a code out of this table, a sentence that says what to do, and details. Over HTTP it is a problem as
RFC 9457 defines it, with the member \`code\`. A code is never renamed and never used for something else.`;

function tableOf(codes: readonly string[]): string {
  const rows = codes.map((code) => {
    const { http, grpc, meaning } = ERRORS[code as keyof typeof ERRORS];
    return [`\`${code}\``, String(http), `\`${grpc}\``, meaning];
  });
  return markdownTable(['Code', 'HTTP', 'gRPC', 'Meaning'], rows);
}

/** The codes under the comment that heads them in the catalogue, in its order. */
function readGroups(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  let title = 'Errors';
  for (const line of readFileSync(CATALOGUE, 'utf8').split('\n')) {
    const heading = /^ {2}\/\/ (.+)$/.exec(line)?.[1];
    if (heading !== undefined) title = heading;
    const code = /^ {2}(\w+): \{/.exec(line)?.[1];
    if (code !== undefined) groups.set(title, [...(groups.get(title) ?? []), code]);
  }
  return groups;
}

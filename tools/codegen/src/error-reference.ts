import { ERRORS, type ErrorCode } from '@aerolithdb/protocol';
import { errorGroups } from './error-groups.ts';
import { markdownTable } from './markdown-table.ts';

/** `contracts/errors.json`: the catalogue for clients in any language. */
export function errorContract(): string {
  return `${JSON.stringify(ERRORS, undefined, 2)}\n`;
}

/** `docs/reference/errors.md`. */
export function errorReference(): string {
  const sections = [...errorGroups()].map(([title, codes]) => `## ${title}\n\n${tableOf(codes)}`);
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

const INTRODUCTION = `# Errors

<!-- Made by npm run docs from core/protocol/src/error-catalogue.ts. -->

Every error has a code out of this table, a sentence that says what to do, and details. Over HTTP it is a problem as
RFC 9457 defines it, with the member \`code\`. A code is never renamed and never used for something else. Each code leads to its
causes and remedy in [troubleshooting](../guide/troubleshooting.md).`;

function tableOf(codes: readonly ErrorCode[]): string {
  const rows = codes.map((code) => {
    const { http, grpc, meaning } = ERRORS[code];
    return [`[\`${code}\`](../guide/troubleshooting.md#${code})`, String(http), `\`${grpc}\``, meaning];
  });
  return markdownTable(['Code', 'HTTP', 'gRPC', 'Meaning'], rows);
}

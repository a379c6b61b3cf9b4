import { cliReference } from './cli-reference.ts';
import { configurationReference } from './configuration-reference.ts';
import { errorContract, errorReference } from './error-reference.ts';
import { expressionReference } from './expression-reference.ts';
import type { Generator } from './generated-file.ts';
import { limitReference } from './limit-reference.ts';
import { currentOpenApi } from './openapi.ts';
import { currentRestReference } from './rest-reference.ts';
import { troubleshooting } from './troubleshooting.ts';
import { vectors } from './vectors.ts';

/** Every generator. `npm run docs` writes what they make; `npm run check` compares it with what is there. */
export const GENERATORS: readonly Generator[] = [
  async () => [
    { path: 'contracts/errors.json', text: errorContract() },
    { path: 'docs/reference/errors.md', text: errorReference() },
    { path: 'docs/guide/troubleshooting.md', text: troubleshooting() },
    { path: 'docs/reference/limits.md', text: limitReference() },
    { path: 'docs/reference/expressions.md', text: expressionReference() },
    { path: 'docs/reference/configuration.md', text: configurationReference() },
    { path: 'contracts/openapi.json', text: currentOpenApi() },
    { path: 'docs/reference/rest.md', text: currentRestReference() },
    { path: 'docs/reference/command-line.md', text: await cliReference() },
  ],
  vectors,
];

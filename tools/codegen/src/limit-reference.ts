import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOOR_LIMITS } from '@aerolithdb/database';
import { READ_LIMITS } from '@aerolithdb/engine/read';
import { LIMITS } from '@aerolithdb/protocol';
import { PIPELINE_LIMITS, QUERY_LIMITS } from '@aerolithdb/query';
import ts from 'typescript';
import { markdownTable } from './markdown-table.ts';

type Section = { readonly title: string; readonly source: string; readonly limits: Readonly<Record<string, number>> };

const SECTIONS: readonly Section[] = [
  { title: 'Data model and log', source: 'core/protocol/src/limits.ts', limits: LIMITS },
  { title: 'Query and update language', source: 'core/query/src/limits.ts', limits: QUERY_LIMITS },
  { title: 'Aggregation', source: 'core/query/src/pipeline/pipeline-limits.ts', limits: PIPELINE_LIMITS },
  { title: 'Reads', source: 'core/engine/src/read/read-limits.ts', limits: READ_LIMITS },
  { title: 'Sign-in and watching', source: 'server/database/src/limits.ts', limits: DOOR_LIMITS },
];

const INTRODUCTION = `# Limits

<!-- Made by npm run docs from ${SECTIONS.map(({ source }) => source).join(', ')}. -->

What is over a limit is refused with a named error and changes nothing. The limits of the REST door (bodies, headers, time,
connections) are in [REST](rest.md#limits).`;

/** `docs/reference/limits.md`: each limit with its docstring. */
export function limitReference(): string {
  return `${[INTRODUCTION, ...SECTIONS.map(sectionText)].join('\n\n')}\n`;
}

function sectionText({ title, source, limits }: Section): string {
  const meanings = readDocstrings(source);
  const rows = Object.entries(limits).map(([name, value]) => {
    const meaning = meanings.get(name);
    if (meaning === undefined || meaning === '') throw new Error(`The limit ${name} of ${source} has no docstring.`);
    return [`\`${name}\``, String(value), meaning];
  });
  return `## ${title}\n\n${markdownTable(['Limit', 'Value', 'Meaning'], rows)}`;
}

/** The docstring of every property in an object literal of the file. */
function readDocstrings(source: string): Map<string, string> {
  const docstrings = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) docstrings.set(node.name.getText(), docstringOf(node));
    ts.forEachChild(node, visit);
  };
  const text = readFileSync(fileURLToPath(new URL(`../../../${source}`, import.meta.url)), 'utf8');
  visit(ts.createSourceFile(source, text, ts.ScriptTarget.Latest, true));
  return docstrings;
}

function docstringOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

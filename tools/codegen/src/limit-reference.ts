import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LIMITS } from '@aerolithdb/protocol';
import ts from 'typescript';
import { markdownTable } from './markdown-table.ts';

const SOURCE = fileURLToPath(new URL('../../../core/protocol/src/limits.ts', import.meta.url));

const INTRODUCTION = `# Limits

<!-- Made by npm run docs from core/protocol/src/limits.ts. -->

What is over a limit is refused with a named error and changes nothing. The limits of the REST door (bodies, headers, time,
connections) are in [REST](rest.md#limits).`;

/** `docs/reference/limits.md`: each limit with its docstring. */
export function limitReference(): string {
  const meanings = readDocstrings(readFileSync(SOURCE, 'utf8'));
  const rows = Object.entries(LIMITS).map(([name, value]) => {
    const meaning = meanings.get(name);
    if (meaning === undefined) throw new Error(`The limit ${name} has no docstring.`);
    return [`\`${name}\``, String(value), meaning];
  });
  return `${INTRODUCTION}\n\n${markdownTable(['Limit', 'Value', 'Meaning'], rows)}\n`;
}

/** The docstring of every property in an object literal of the file. */
function readDocstrings(text: string): Map<string, string> {
  const docstrings = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) docstrings.set(node.name.getText(), docstringOf(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(SOURCE, text, ts.ScriptTarget.Latest, true));
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

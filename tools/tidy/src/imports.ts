import { posix } from 'node:path';
import ts from 'typescript';
import { lineOf, type Source, walk } from './project.ts';

/** One import, export-from, dynamic import, or file addressed by `new URL('./x.ts', import.meta.url)`. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Whether the file is only named by URL (a worker, a program, a file that is read), not imported as a module. */
  readonly byUrl: boolean;
  /** Where a relative specifier leads, relative to the clone. */
  readonly target: string | undefined;
}

/** All that a source loads or names as a file to load. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  walk(source, (node) => {
    const addressed = fileBesideModule(node);
    const specifier = addressed ?? specifierOf(node);
    if (specifier === undefined) return;
    const isRelative = specifier.startsWith('.');
    const target = isRelative ? posix.join(posix.dirname(source.path), specifier) : undefined;
    found.push({ specifier, line: lineOf(source, node), byUrl: addressed !== undefined, target });
  });
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return literal(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  return undefined;
}

/** The file of `new URL('./x.ts', import.meta.url)` or of a function called like that; without an extension it is a `.ts`. */
function fileBesideModule(node: ts.Node): string | undefined {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined;
  const [name, base] = node.arguments ?? [];
  const path = literal(name);
  if (path === undefined || base?.getText() !== 'import.meta.url' || path.endsWith('/')) return undefined;
  const file = /\.\w+$/.test(path) ? path : `${path}.ts`;
  return file.startsWith('.') ? file : `./${file}`;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `@aerolithdb/engine` of `@aerolithdb/engine/read`; `fastify` of `fastify/types`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

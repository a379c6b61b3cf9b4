import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One TypeScript source of the project. */
export interface Source {
  /** Relative to the clone, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** The files that the checks look at. */
export interface Project {
  readonly root: string;
  /** Every file that git would keep, relative to the clone. */
  readonly files: readonly string[];
  readonly sources: readonly Source[];
  /** The text of a file of `files`. */
  readonly read: (path: string) => string;
}

/** The clone at `root`, as git sees it (files not yet added too). */
export function openProject(root: string): Project {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const files = [...new Set(listed.split('\n'))].filter((path) => path !== '' && existsSync(join(root, path)));
  return makeProject(root, files, (path) => readFileSync(join(root, path), 'utf8'));
}

/** A project in memory, for tests of checks. */
export function projectOf(texts: Readonly<Record<string, string>>): Project {
  return makeProject('/fixture', Object.keys(texts), (path) => texts[path] ?? '');
}

function makeProject(root: string, files: readonly string[], read: (path: string) => string): Project {
  const sources = files.filter(isSource).map((path) => parseSource(path, read(path)));
  return { root, files, sources, read };
}

function isSource(path: string): boolean {
  return /\.ts$/.test(path) && !path.endsWith('.d.ts');
}

function parseSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { path, text, tree };
}

/** The line of a node, from 1. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

/** Calls `visit` on every node of the source, outermost first. */
export function walk(source: Source, visit: (node: ts.Node) => void): void {
  const descend = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, descend);
  };
  descend(source.tree);
}

/** The folder of the package that a file is in, such as `core/query`; undefined outside of packages. */
export function packageFolder(path: string): string | undefined {
  return /^(?:core|cluster|server|clients|extensions|testing|tools)\/[^/]+(?=\/)/.exec(path)?.[0];
}

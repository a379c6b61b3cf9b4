import ts from 'typescript';
import { type Project, type Source, walk } from './project.ts';

/** A piece of TypeScript that a reader may copy. */
export interface Example {
  /** The file it stands in, and the line of its first line there, from 1. */
  readonly file: string;
  readonly line: number;
  readonly code: string;
  /** Whether the page says that it is a fragment (a fence that begins with "ts ignore"). */
  readonly ignored: boolean;
}

/** Every TypeScript fence of a Markdown page and every `@example` of a docstring. */
export function collectExamples(project: Project): Example[] {
  const pages = project.files.filter((file) => file.endsWith('.md'));
  return [...pages.flatMap((page) => fencesOf(page, project.read(page))), ...project.sources.flatMap(docstringExamples)];
}

const FENCE = /^```(?:ts|typescript)(?<ignore> ignore)?[^\S\n]*\n(?<code>.*?)^```/gms;

function fencesOf(file: string, text: string, firstLine = 1): Example[] {
  return [...text.matchAll(FENCE)].map((match) => ({
    file,
    line: firstLine + text.slice(0, match.index).split('\n').length,
    code: match.groups?.code ?? '',
    ignored: match.groups?.ignore !== undefined,
  }));
}

function docstringExamples(source: Source): Example[] {
  const examples: Example[] = [];
  const seen = new Set<number>();
  walk(source, (node) => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example' || seen.has(tag.pos)) continue;
      seen.add(tag.pos);
      const line = source.tree.getLineAndCharacterOfPosition(tag.getStart(source.tree)).line + 1;
      examples.push(...readTag(source.path, line, ts.getTextOfJSDocComment(tag.comment) ?? ''));
    }
  });
  return examples;
}

/** The text of an `@example`, which is code as it stands or holds fences. */
function readTag(file: string, line: number, text: string): Example[] {
  if (text.includes('```')) return fencesOf(file, text, line);
  return [{ file, line: line + 1, code: text, ignored: false }];
}

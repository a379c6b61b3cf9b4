import type { Document, Value } from '@aerolithdb/protocol';
import { matches, type Path, type Test } from '@aerolithdb/query';
import { parseFast } from './parse-fast.ts';
import type { Predicate } from './sql-fragment.ts';

const LEAF: Path = ['v'];
const NOTHING: Document = new Map();

/** The test on the value that the JSON text at the end of a path holds. */
export function leafPredicate(test: Test): Predicate {
  return (text) => matches({ kind: 'field', path: LEAF, test }, withField('v', text));
}

/** The test on a path, given the JSON text of the path's first field. */
export function pathPredicate(path: Path, test: Test): Predicate {
  const first = path[0]!;
  return (text) => matches({ kind: 'field', path, test }, withField(first, text));
}

function withField(name: string, text: string | null): Document {
  if (text === null) return NOTHING;
  const document = new Map<string, Value>();
  document.set(name, parseFast(text));
  return document;
}

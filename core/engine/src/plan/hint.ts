import { AerolithError, suggestNearest } from '@aerolithdb/protocol';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { type Asked, isSorted } from './asked.ts';
import type { Candidate } from './candidate.ts';
import type { Estimates } from './estimates.ts';
import { intersectionOf } from './intersection-candidates.ts';
import { namesOf } from './names-of.ts';
import { unionCandidate } from './union-candidate.ts';

export const NATURAL = '$natural';

/** Stands for the indexes of an `$or` where the name of one would. */
export const UNION = '$or';

/**
 * The way that a hint names: an index by its name or by its keys as JSON (`{"a":1,"b":-1}`), `_id_`, `$natural` or
 * `{"$natural":1}` for a scan. Undefined without a hint. Throws `unknown_index`.
 */
export function hintedCandidate(asked: Asked, estimates: Estimates): Candidate | undefined {
  const { hint } = asked.wanted;
  if (hint === undefined) return undefined;
  const scan: Candidate = { kind: 'scan', exact: false, sorted: !isSorted(asked.wanted) };
  // A cursor goes on in the order of rows, which a scan has too if the indexes are gone.
  if (hint === UNION) return unionCandidate(asked, estimates) ?? scan;
  const name = hint.startsWith('{') ? nameByKeys(hint, asked.collection) : hint;
  if (name === NATURAL) return scan;
  const found = name === undefined ? undefined : candidateNamed(name, asked);
  if (found === undefined) throw unservable(name, asked) ?? unknownIndex(hint, asked);
  return found;
}

/**
 * The way of a query as its cursor keeps it: given as a hint, the next page is found in the same way, so that documents that are equal
 * in the order of a sort come in the same order.
 */
export function pinOf(access: Candidate): string {
  if (access.kind === 'union') return UNION;
  return access.kind === 'scan' ? NATURAL : namesOf(access).join(JOINT);
}

/** Between the names of indexes that are intersected; no name of an index holds it. */
const JOINT = '\0';

function candidateNamed(name: string, asked: Asked): Candidate | undefined {
  const [first, ...others] = name.split(JOINT).map((each) => asked.keys().find(({ source }) => source.name === each));
  if (first !== undefined)
    return intersectionOf(
      first,
      others.filter((other) => other !== undefined),
      asked.conjuncts,
    );
  return asked.special().find(({ names }) => names[0] === name || names.join(JOINT) === name);
}

function nameByKeys(text: string, { indexes }: CollectionRecord): string | undefined {
  const keys = entriesOf(text);
  if (keys === undefined) return undefined;
  if (keys.length === 1 && keys[0]![0] === NATURAL) return NATURAL;
  if (keys.length === 1 && keys[0]![0] === '_id') return '_id_';
  return indexes.find((index) => hasKeys(index, keys))?.name;
}

function entriesOf(text: string): [string, unknown][] | undefined {
  try {
    return Object.entries(JSON.parse(text) as object);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function hasKeys({ keys }: IndexRecord, wanted: readonly (readonly [string, unknown])[]): boolean {
  return keys.length === wanted.length && keys.every(([path, kind], i) => path === wanted[i]![0] && kind === wanted[i]![1]);
}

/** The refusal when there is an index of that name, which cannot serve the query. */
function unservable(name: string | undefined, asked: Asked): AerolithError | undefined {
  const why = asked.excluded().find((index) => index.name === name)?.why;
  if (why === undefined) return undefined;
  return new AerolithError('invalid_request', `The index "${name}" cannot serve this query: ${why}.`, { hint: name });
}

function unknownIndex(hint: string, { collection, sources }: Asked): AerolithError {
  const nearest = suggestNearest(hint, [...sources.map((source) => source.name), NATURAL]);
  const advice = nearest === undefined ? 'Use one of its indexes or $natural.' : `Did you mean "${nearest}"?`;
  const what = hint.startsWith('{') ? `with the keys ${hint}` : `named "${hint}"`;
  return new AerolithError('unknown_index', `"${collection.name}" has no index ${what}. ${advice}`, {
    collection: collection.name,
    index: hint,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

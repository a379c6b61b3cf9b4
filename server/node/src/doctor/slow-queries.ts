import { type Finding, fine, warning } from './finding.ts';

const CHECK = 'slow queries';
const SHOWN = 5;

/** What of `SlowRead` is looked at, as it comes out of JSON. */
export type SlowQuery = {
  readonly kind: string;
  readonly collection?: string;
  readonly filter?: string;
  readonly sort?: string;
  readonly times: number;
  readonly timeouts: number;
  readonly longestMs: number;
};

/** Nobody could be asked. */
export function slowQueriesUnknown(why: string): Finding {
  return fine(CHECK, `not known: ${why}`);
}

/** One finding for each of the slowest shapes that a node remembers. */
export function judgeSlowQueries(queries: readonly SlowQuery[]): Finding[] {
  if (queries.length === 0) return [fine(CHECK, 'the node remembers none since it was started')];
  return queries.slice(0, SHOWN).map((query) => warning(CHECK, sentence(query), todo(query), { ...query }));
}

/** The list out of the answer of `GET /v1/slow-reads`; empty when it is something else. */
export function slowQueriesOf(answer: unknown): readonly SlowQuery[] {
  if (typeof answer !== 'object' || answer === null || !('slowReads' in answer) || !Array.isArray(answer.slowReads)) return [];
  return answer.slowReads.filter(isSlowQuery);
}

function isSlowQuery(value: unknown): value is SlowQuery {
  if (typeof value !== 'object' || value === null || !('kind' in value && 'times' in value && 'longestMs' in value)) return false;
  return typeof value.kind === 'string' && typeof value.times === 'number' && typeof value.longestMs === 'number';
}

function sentence({ kind, collection, filter, sort, times, timeouts, longestMs }: SlowQuery): string {
  const of = collection === undefined ? '' : ` of "${collection}"`;
  const by = filter === undefined ? '' : ` by ${filter}`;
  const sorted = sort === undefined ? '' : ` sorted by ${sort}`;
  const ended = timeouts === 0 ? '' : `, ${timeouts} ended by the time-out`;
  return `a ${kind}${of}${by}${sorted} took up to ${longestMs} ms (${times === 1 ? 'once' : `${times} times`}${ended})`;
}

function todo({ kind, collection, filter, sort }: SlowQuery): string {
  const fields = fieldsOf(filter, sort);
  if (collection === undefined || fields.length === 0)
    return `Ask for less at a time (limit), or give a ${kind} that is rare its time.`;
  const explain = `aerolith explain ${collection} FILTER`;
  const keys = fields.map((field) => `"${field}":1`).join(',');
  return `See with "${explain}" whether it uses an index; if not, this may help: aerolith index create ${collection} '{${keys}}'`;
}

/** Fields that a filter tests at its top or sorts by, in this order: those of an index that would help. */
function fieldsOf(...texts: readonly (string | undefined)[]): string[] {
  const names = texts.flatMap((text) =>
    text === undefined ? [] : [...text.matchAll(/[{,]"([^"$][^"]*)":/g)].map((match) => match[1]!),
  );
  return [...new Set(names)];
}

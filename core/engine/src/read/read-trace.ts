import type { ReadAnswer, ReadRequest } from '@aerolithdb/protocol';
import { entriesUpToStatement } from '../plan/access-sql.ts';
import { countOf } from '../plan/count-of.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { described } from '../plan/why-not.ts';
import { fingerprintOfShape, type QueryShape, shapeOfRequest } from './query-shape.ts';
import { knowledgeOf, type ReadContext } from './read-context.ts';

/** What a read did, without any value of the data. Times in milliseconds. */
export type ReadFacts = {
  readonly shape: QueryShape;
  readonly fingerprint: string;
  /** The indexes that were used, or `scan`; absent for reads that no plan is made for. */
  readonly plan?: string;
  /** Entries or documents that were read, at most: a limit may have ended it early. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
  readonly planMs: number;
  readonly runMs: number;
};

/** Entries that are counted for the facts of a read, at most. */
const COUNTED_MAX = 1_000_000;

/** Follows one read. The clock is the caller's: milliseconds, steady. */
export class ReadTrace {
  readonly #clock: () => number;
  readonly #startedMs: number;
  #plannedMs: number | undefined;
  #plan: QueryPlan | undefined;

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#startedMs = clock();
  }

  /** The plan is made; what follows is its run. Of several plans (a pipeline with `$lookup`) the first counts. */
  planned(plan: QueryPlan): void {
    if (this.#plan !== undefined) return;
    this.#plan = plan;
    this.#plannedMs = this.#clock();
  }

  get elapsedMs(): number {
    return this.#clock() - this.#startedMs;
  }

  /** To be called in the state that the read saw, when the answer is there. Counts index entries, so only for reads that are worth it. */
  facts(context: ReadContext, request: ReadRequest, answer: ReadAnswer | undefined): ReadFacts {
    const ended = this.#clock();
    const planned = this.#plannedMs ?? this.#startedMs;
    const shape = shapeOfRequest(request);
    const plan = this.#plan;
    return {
      shape,
      fingerprint: fingerprintOfShape(shape),
      ...(plan === undefined ? {} : { plan: planName(plan), rowsRead: rowsRead(context, plan) }),
      ...(answer?.count === undefined ? {} : { rowsReturned: answer.count }),
      planMs: planned - this.#startedMs,
      runMs: ended - planned,
    };
  }
}

function planName({ access }: QueryPlan): string {
  return access.kind === 'scan' ? 'scan' : described(access);
}

function rowsRead(context: ReadContext, { access, collection }: QueryPlan): number {
  const { documents } = knowledgeOf(context, collection);
  if (access.kind === 'scan') return documents;
  if (access.kind === 'rows') return Math.round(access.expected);
  const branches = access.kind === 'union' ? access.branches : [access];
  let counted = 0;
  for (const branch of branches)
    for (const interval of branch.intervals) {
      if (counted >= COUNTED_MAX) return counted;
      counted += countOf(context.connection, entriesUpToStatement(branch, collection, interval, COUNTED_MAX - counted));
    }
  return counted;
}

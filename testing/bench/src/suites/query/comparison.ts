import { AerolithError } from '@aerolithdb/protocol';
import { closedLoop } from '../../harness/closed-loop.ts';
import { interleave, type Side } from '../../harness/rounds.ts';
import type { Bound, Row, SkippedRow } from '../../harness/row.ts';
import { assertSame } from './answers.ts';

/** Answers of each side that are compared before anything is timed. */
const COMPARED = 3;

/** Asks one side; `n` chooses the constants of the query, so that no answer can be kept. */
export type Ask = (n: number) => Promise<unknown>;

/** One query in the words of each side that answers it. */
export type Case<Name extends string = 'ours' | 'other'> = {
  readonly name: string;
  readonly ask: Readonly<Record<Name, Ask>>;
  /** Whether the rows come in an order that was asked for. */
  readonly ordered: boolean;
  /** Where answers need not be equal to be right; instead of the comparison. Throws when they are wrong. */
  readonly verify?: () => Promise<void>;
};

/** Queries per second of each side. */
export type Rates<Name extends string> = { readonly name: string; readonly rates: Readonly<Record<Name, number>> };
export type Measured<Name extends string> = { readonly done: readonly Rates<Name>[]; readonly missing: readonly string[] };

export type Timing = { readonly rounds: number; readonly runMs: number };

/** Compares the answers of the sides, then times them in turns. What we do not have yet is `missing`; a wrong answer throws. */
export async function measure<Name extends string>(cases: readonly Case<Name>[], timing: Timing): Promise<Measured<Name>> {
  const done: Rates<Name>[] = [];
  const missing: string[] = [];
  for (const one of cases) {
    try {
      await (one.verify === undefined ? sameAnswers(one) : one.verify());
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing.push(`${one.name}: ${error.message}`);
      continue;
    }
    const sides = Object.fromEntries(names(one).map((name) => [name, () => closedLoop(1, timing.runMs, one.ask[name])]));
    done.push({ name: one.name, rates: await interleave(sides as Record<Name, Side>, timing.rounds) });
  }
  return { done, missing };
}

async function sameAnswers<Name extends string>({ name, ask, ordered }: Case<Name>): Promise<void> {
  for (let n = 0; n < COMPARED; n++) {
    const answers = await Promise.all(Object.values<Ask>(ask).map((side) => side(n)));
    for (const answer of answers.slice(1)) assertSame(`${name} (${n})`, answers[0], answer, ordered);
  }
}

function names<Name extends string>({ ask }: Case<Name>): Name[] {
  return Object.keys(ask) as Name[];
}

/** Codes of what is not built, before its part is there. */
const MISSING = new Set([
  'invalid_command',
  'not_implemented',
  'unknown_operator',
  'unknown_stage',
  'invalid_index',
  'invalid_pipeline',
]);

export function isMissing(error: unknown): error is AerolithError {
  return error instanceof AerolithError && MISSING.has(error.code);
}

export type RowOf<Name extends string> = {
  readonly work: string;
  readonly against: string;
  readonly ours: Name;
  readonly other: Name;
  readonly bound: Bound;
  /** Cases that must have been measured. */
  readonly needed?: number;
};

export type Outcome = {
  readonly rows: readonly Row[];
  readonly skipped: readonly SkippedRow[];
  readonly notes: readonly string[];
};

/** The row of the geometric means of all cases, and a note with the ratio of each. */
export function rowOf<Name extends string>({ done, missing }: Measured<Name>, spec: RowOf<Name>): Outcome {
  const { work, against, ours, other, bound, needed = 1 } = spec;
  const lacks = missing.map((why) => `${work}: left out ${why}`);
  if (done.length < needed) return { rows: [], skipped: [{ work, against, why: missing.join('; ') }], notes: [] };
  const mean = (side: Name): number => Math.exp(done.reduce((sum, { rates }) => sum + Math.log(rates[side]), 0) / done.length);
  const row: Row = { work, against, measure: 'rate', unit: '/s', ours: mean(ours), other: mean(other), bound };
  const each = done.map(({ name, rates }) => `${name} ${(rates[ours] / rates[other]).toFixed(2)}`);
  return {
    rows: [row],
    skipped: [],
    notes: [...(done.length > 1 ? [`${work}, against ${against}: ${each.join(', ')}`] : []), ...lacks],
  };
}

export function skip(work: string, against: string, why: string): Outcome {
  return { rows: [], skipped: [{ work, against, why }], notes: [] };
}

export function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    rows: outcomes.flatMap(({ rows }) => rows),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
    notes: outcomes.flatMap(({ notes }) => notes),
  };
}

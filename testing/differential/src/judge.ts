import type { Document } from '@aerolithdb/protocol';
import { compareAnswers } from './compare.ts';
import { isKnown } from './known-differences.ts';
import type { Oracle } from './oracle.ts';
import type { Answer, Case, Profile, Request } from './request.ts';

/** The implementations of one run: the reference, which all are compared with, those of the engine, and those of other houses. */
export type Bench = { readonly reference: Oracle; readonly own: readonly Oracle[]; readonly others: readonly Oracle[] };

export type Fault = { readonly oracle: string; readonly how: string };

/** How often an implementation's answer was compared, was silent (refused or not there), or stands in the table of known differences. */
export type Tally = { compared: number; silent: number; known: number };

export async function loadAll(
  { reference, own, others }: Bench,
  profile: Profile,
  c: readonly Document[],
  o: readonly Document[],
): Promise<void> {
  for (const oracle of [reference, ...own, ...others]) if (oracle.profiles.includes(profile)) await oracle.load(c, o);
}

/** The answer of each implementation held against the reference's. The documents are loaded. */
export async function judge(
  bench: Bench,
  profile: Profile,
  request: Request,
  tallies: Map<string, Tally> = new Map(),
): Promise<Fault[]> {
  const expected = await bench.reference.answer(request);
  const faults: Fault[] = [];
  for (const oracle of [...bench.own, ...bench.others]) {
    if (!oracle.profiles.includes(profile)) continue;
    const tally = tallies.get(oracle.name) ?? { compared: 0, silent: 0, known: 0 };
    tallies.set(oracle.name, tally);
    const fault = await judgeOne(oracle, bench.own.includes(oracle), request, expected, tally);
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

async function judgeOne(
  oracle: Oracle,
  own: boolean,
  request: Request,
  expected: Answer,
  tally: Tally,
): Promise<Fault | undefined> {
  const comparison = compareAnswers(request, expected, await oracle.answer(request), oracle, own);
  if (comparison.verdict === 'silent') {
    tally.silent++;
    return undefined;
  }
  if (comparison.verdict === 'differs' && !own && isKnown(oracle.name, request)) {
    tally.known++;
    return undefined;
  }
  tally.compared++;
  return comparison.verdict === 'differs' ? { oracle: oracle.name, how: comparison.how } : undefined;
}

/** Whether the named implementation still differs on the case. */
export async function stillDiffers(bench: Bench, oracle: string, found: Case): Promise<boolean> {
  const named = [...bench.own, ...bench.others].filter(({ name }) => name === oracle);
  const only: Bench = {
    reference: bench.reference,
    own: bench.own.filter((each) => named.includes(each)),
    others: bench.others.filter((each) => named.includes(each)),
  };
  const profile = named[0]!.profiles[0]!;
  await loadAll(only, profile, found.c, found.o);
  return (await judge(only, profile, found.request)).length > 0;
}

import { CaseSource } from './generate/cases.ts';
import { type Bench, type Fault, judge, loadAll, stillDiffers, type Tally } from './judge.ts';
import type { Case } from './request.ts';
import { shrink } from './shrink.ts';

/** Documents of a collection, and queries of them before others are drawn. */
const DOCUMENTS = 32;
const QUERIES_OF_DOCUMENTS = 50;

export type RunOptions = {
  readonly queries: number;
  readonly seed: number;
  /** Differences after which the run ends. */
  readonly faultsMax: number;
  readonly onQuery?: (number: number) => void;
  readonly onFault?: (fault: FoundFault) => void;
};

export type FoundFault = Fault & { readonly seed: number; readonly shrunk: Case };

export type RunResult = {
  readonly queries: number;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly faults: readonly FoundFault[];
};

/** Draws queries and compares the answers. Each difference is made as small as it can be. */
export async function runQueries(bench: Bench, options: RunOptions): Promise<RunResult> {
  const tallies = new Map<string, Tally>();
  const faults: FoundFault[] = [];
  let asked = 0;
  for (let { seed } = options; asked < options.queries && faults.length < options.faultsMax; seed++) {
    const source = new CaseSource(seed, DOCUMENTS);
    await loadAll(bench, source.profile, source.c, source.o);
    for (let i = 0; i < QUERIES_OF_DOCUMENTS && asked < options.queries; i++, asked++) {
      options.onQuery?.(asked);
      const found: Case = { c: source.c, o: source.o, request: source.next() };
      for (const fault of await judge(bench, source.profile, found.request, tallies)) {
        const shrunk = await shrink(found, (smaller) => stillDiffers(bench, fault.oracle, smaller));
        faults.push({ ...fault, seed, shrunk });
        options.onFault?.(faults.at(-1)!);
        await loadAll(bench, source.profile, source.c, source.o);
      }
      if (faults.length >= options.faultsMax) break;
    }
  }
  return { queries: asked, tallies, faults };
}

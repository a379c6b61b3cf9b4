import { documentText, groups } from '../../data/documents.ts';
import { closedLoop, tightLoop, timed } from '../../harness/closed-loop.ts';
import { interleave, type Side } from '../../harness/rounds.ts';
import type { Bound, Measure, Row } from '../../harness/row.ts';
import type { BenchStore } from '../../peers/bench-store.ts';
import type { Sizes } from './sizes.ts';

const READ = 'documents';
/** Has no secondary index. */
const WRITTEN = 'written';
const CALLERS = 32;

/** The sides by role. `hand` runs hand-written SQL on our own file. */
export type Sides = {
  readonly ours: BenchStore;
  readonly bare: BenchStore;
  readonly postgres: BenchStore;
  readonly surreal: BenchStore;
};

type Compared = { readonly against: keyof Sides; readonly bound: Bound };
type Work = {
  readonly work: string;
  readonly measure: Measure;
  readonly unit: string;
  readonly run: (store: BenchStore) => Promise<number>;
  readonly compared: readonly Compared[];
};

const SURREAL: Compared = { against: 'surreal', bound: { floor: 3, aim: 10 } };

/** Loads the collection that the reads use, into every side. */
export async function loadAll(sides: Sides, sizes: Sizes, progress: (what: string) => void): Promise<void> {
  const texts = Array.from({ length: sizes.documents }, (_, n) => documentText(n));
  for (const store of Object.values(sides)) {
    progress(`loading ${sizes.documents} documents into ${store.name}`);
    await store.reset(READ, true);
    await store.reset(WRITTEN, false);
    await store.load(READ, texts);
  }
}

export async function embeddedRows(
  sides: Sides,
  sizes: Sizes,
  progress: (what: string) => void,
): Promise<{ rows: Row[]; insertRate: number }> {
  const rows: Row[] = [];
  for (const work of works(sizes)) {
    progress(work.work);
    rows.push(...(await measure(work, sides, sizes.rounds)));
  }
  const insert = rows.find((row) => row.work === INSERT)!;
  return { rows, insertRate: insert.ours };
}

const INSERT = `embedded: insert, ${CALLERS} callers`;

function works(sizes: Sizes): Work[] {
  const { documents, runMs } = sizes;
  const fresh = counter();
  return [
    {
      work: 'embedded: get by id, as object',
      measure: 'rate',
      unit: '/s',
      run: (store) => gets(store, documents, runMs),
      compared: [{ against: 'bare', bound: { floor: 0.6, aim: 0.85 } }, SURREAL],
    },
    {
      work: INSERT,
      measure: 'rate',
      unit: '/s',
      run: (store) => closedLoop(CALLERS, runMs, () => store.insert(WRITTEN, documentText(fresh(store.name)))),
      compared: [
        { against: 'bare', bound: { floor: 0.5, aim: 0.75 } },
        { against: 'postgres', bound: { floor: 1, aim: 2 } },
        SURREAL,
      ],
    },
    {
      work: 'embedded: bulk load, 1 secondary index',
      measure: 'rate',
      unit: 'docs/s',
      run: (store) => bulkLoad(store, sizes.load),
      compared: [{ against: 'postgres', bound: { floor: 0.8, aim: 1.5 } }, SURREAL],
    },
    {
      work: 'indexed query of 20 documents',
      measure: 'rate',
      unit: '/s',
      run: (store) => closedLoop(1, runMs, (n) => store.findGroup(READ, (n * 7919) % groups(documents))),
      compared: [{ against: 'postgres', bound: { floor: 1.3, aim: 2 } }, SURREAL],
    },
    {
      work: `YCSB-A (half reads, half updates), ${CALLERS} callers`,
      measure: 'rate',
      unit: '/s',
      run: (store) => ycsbA(store, documents, runMs),
      compared: [{ against: 'postgres', bound: { floor: 1.3, aim: 2.5 } }, SURREAL],
    },
    {
      work: 'scan with a filter, count',
      measure: 'time',
      unit: 'ms',
      run: (store) => timed(3, () => store.countAbove(READ, 90_000)),
      compared: [{ against: 'surreal', bound: { floor: 1 / 3, aim: 0.1 } }],
    },
  ];
}

async function measure(work: Work, sides: Sides, rounds: number): Promise<Row[]> {
  const names = ['ours', ...work.compared.map(({ against }) => against)] as (keyof Sides)[];
  const runs = Object.fromEntries(names.map((name) => [name, () => work.run(sides[name])])) as Record<keyof Sides, Side>;
  const figures = await interleave(runs, rounds);
  return work.compared.map(({ against, bound }) => ({
    work: work.work,
    against: sides[against].name,
    measure: work.measure,
    unit: work.unit,
    ours: figures.ours,
    other: figures[against],
    bound,
  }));
}

/** A side that answers at once is not made to wait for a promise. */
async function gets(store: BenchStore, documents: number, runMs: number): Promise<number> {
  const answersAtOnce = !(store.get(READ, 0) instanceof Promise);
  const call = (n: number): unknown => store.get(READ, (n * 7919) % documents);
  return answersAtOnce ? tightLoop(runMs, call) : closedLoop(1, runMs, call);
}

async function bulkLoad(store: BenchStore, count: number): Promise<number> {
  const texts = Array.from({ length: count }, (_, n) => documentText(n));
  await store.reset('loaded', true);
  const start = performance.now();
  await store.load('loaded', texts);
  return (count / (performance.now() - start)) * 1000;
}

/** Zipfian choice of documents, as YCSB's workload A, theta 0.99 approximated by a power of a uniform number. */
function ycsbA(store: BenchStore, documents: number, runMs: number): Promise<number> {
  const choose = (): number => Math.floor(documents ** Math.random()) % documents;
  return closedLoop(CALLERS, runMs, (n) => (n % 2 === 0 ? store.get(READ, choose()) : store.update(READ, choose(), n % 100_000)));
}

function counter(): (name: string) => number {
  const next = new Map<string, number>();
  return (name) => {
    const value = next.get(name) ?? 0;
    next.set(name, value + 1);
    return value;
  };
}

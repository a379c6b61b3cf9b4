import { join } from 'node:path';
import type { IndexSpec } from '@aerolithdb/protocol';
import { DIMENSIONS, vectorJson, vectorOf } from '../../data/vectors.ts';
import { Aerolith } from '../../peers/aerolith.ts';
import { RawUsearch } from '../../peers/raw-usearch.ts';
import { isMissing, measure, type Outcome, rowOf, skip } from './comparison.ts';
import { exactNearest, recall } from './recall.ts';
import type { Scene } from './scene.ts';

const BATCH = 1000;
const TOP = 10;
const RECALL = 0.95;
const QUERIES = 50;
/** How far a query lies from the vector that it is made of. */
const WOBBLE = 0.2;
const CANDIDATES = [10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const PATIENCE_MS = 900_000;
const AGAINST = 'raw usearch in-process';

/** The nearest vectors of one, after the graph has come up with the commits; both sides with the recall that is asked for. */
export async function vectorRow({ folder, sizes, progress }: Pick<Scene, 'folder' | 'sizes' | 'progress'>): Promise<Outcome> {
  const work = `vector top ${TOP} of ${sizes.vectors.toLocaleString('en-US')} × ${DIMENSIONS}`;
  const raw = await RawUsearch.open();
  if (raw === undefined) return skip(work, AGAINST, 'usearch is missing: npm ci');
  progress(`${work}: loading`);
  const ours = await Aerolith.open(join(folder, 'vectors'), { readTimeoutMs: 300_000 });
  try {
    const vectors = Array.from({ length: sizes.vectors }, (_, n) => vectorOf(n));
    await fill(ours, raw, vectors);
    await graphIsReady(ours);
    progress(work);
    return await compared(work, ours, raw, vectors, sizes);
  } catch (error) {
    if (isMissing(error)) return skip(work, AGAINST, error.message);
    throw error;
  } finally {
    await ours.close();
  }
}

async function compared(
  work: string,
  ours: Aerolith,
  raw: RawUsearch,
  vectors: readonly Float32Array[],
  sizes: Scene['sizes'],
): Promise<Outcome> {
  const queries = Array.from({ length: QUERIES }, (_, n) => vectorOf((n * 7919) % vectors.length, WOBBLE));
  const exact = queries.map((query) => exactNearest(vectors, query, TOP));
  const rawRecall = (): number =>
    recall(
      queries.map((query) => raw.nearest(query, TOP)),
      exact,
    );
  for (const candidates of CANDIDATES) {
    raw.candidates = candidates;
    if (rawRecall() >= RECALL) break;
  }
  const asked = queries.map((query) => search(ours, query));
  const answers: number[][] = [];
  for (const ask of asked) answers.push(await ask());
  const [found, rawFound] = [recall(answers, exact), rawRecall()];
  if (found < RECALL) throw new Error(`${work}: recall@${TOP} is ${found.toFixed(3)}, less than ${RECALL}`);
  const measured = await measure(
    [
      {
        name: 'nearest',
        ordered: true,
        verify: async () => undefined,
        ask: {
          ours: (n) => asked[n % QUERIES]!(),
          other: async (n) => raw.nearest(queries[n % QUERIES]!, TOP),
        },
      },
    ],
    sizes,
  );
  const outcome = rowOf(measured, { work, against: AGAINST, ours: 'ours', other: 'other', bound: { floor: 0.6, aim: 0.9 } });
  const note = `${work}: recall@${TOP} ${found.toFixed(3)} of ours, ${rawFound.toFixed(3)} of usearch (f32, ${raw.candidates} candidates)`;
  return { ...outcome, notes: [...outcome.notes, note] };
}

async function fill(ours: Aerolith, raw: RawUsearch, vectors: readonly Float32Array[]): Promise<void> {
  await ours.reset('vectors', false);
  const index = { name: 'v_vector', keys: [['v', 'vector']], dimensions: DIMENSIONS, similarity: 'cosine' };
  await ours.createIndex('vectors', index as unknown as IndexSpec);
  for (let start = 0; start < vectors.length; start += BATCH) {
    const batch = vectors.slice(start, start + BATCH);
    await ours.load(
      'vectors',
      batch.map((vector, i) => JSON.stringify({ _id: start + i, v: vectorJson(vector) })),
    );
    raw.add(start, batch);
  }
}

function search(ours: Aerolith, query: Float32Array): () => Promise<number[]> {
  const stage = { $vectorSearch: { path: 'v', queryVector: vectorJson(query), limit: TOP } };
  const shown = { $project: { score: { $meta: 'vectorSearchScore' } } };
  return async () => {
    const found = (await ours.aggregate({ collection: 'vectors', pipeline: [stage, shown] })) as { _id: number }[];
    return found.map(({ _id }) => _id);
  };
}

/** The graph follows the commits; until it has come up, the rest is compared one by one. */
async function graphIsReady(ours: Aerolith): Promise<void> {
  const stage = { $vectorSearch: { path: 'v', queryVector: vectorJson(vectorOf(0)), limit: TOP } };
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const explained = await ours.explainAggregate({ collection: 'vectors', pipeline: [stage] });
    const place = (explained as { vectorSearch?: { way: string; tail: number } } | undefined)?.vectorSearch;
    if (place?.way === 'graph' && place.tail === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The graph has not come up with the commits.');
}

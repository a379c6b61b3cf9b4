import { open } from '@aerolithdb/embedded';
import { Reader } from '@aerolithdb/engine/read';
import { documentObject } from '../../data/documents.ts';
import { closedLoop } from '../../harness/closed-loop.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import type { Sizes } from './sizes.ts';

const DOCUMENTS = 10_000;
const BATCH = 1000;

/** Documents by id, one after the other, through the interface of `@aerolithdb/embedded`, beside the engine's own get of the same file. */
export async function embeddedRow(folder: string, { runMs, rounds }: Sizes): Promise<Row> {
  await using db = await open(folder);
  await db.createCollection('documents');
  const documents = db.collection<{ _id: number }>('documents');
  for (let start = 0; start < DOCUMENTS; start += BATCH)
    await documents.insertMany(Array.from({ length: BATCH }, (_, n) => documentObject(start + n) as { _id: number }));
  const reader = Reader.open(folder);
  const engineGet = async (id: number): Promise<unknown> => {
    const { text } = reader.read({ kind: 'get', collection: 'documents', id: String(id) });
    return text && (JSON.parse(text) as unknown);
  };
  const figures = await interleave(
    {
      ours: () => closedLoop(1, runMs, (n) => documents.get((n * 7919) % DOCUMENTS)),
      other: () => closedLoop(1, runMs, (n) => engineGet((n * 7919) % DOCUMENTS)),
    },
    rounds,
  );
  reader.close();
  return {
    work: 'embedded interface: get by id, as object',
    against: "the engine's own get",
    measure: 'rate',
    unit: '/s',
    ...figures,
    bound: { floor: 0.8, aim: 0.95 },
  };
}

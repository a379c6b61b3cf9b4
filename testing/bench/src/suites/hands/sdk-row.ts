import { AerolithClient } from '@aerolithdb/client';
import { Agent, request } from 'undici';
import { documentText } from '../../data/documents.ts';
import { closedLoop } from '../../harness/closed-loop.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import type { Served } from './served.ts';
import type { Sizes } from './sizes.ts';

const IN_FLIGHT = 32;
const DOCUMENTS = 10_000;
const BATCH = 1000;

/** Documents by id through the client, beside the bare requests that it makes. */
export async function sdkRow({ url, token }: Served, { runMs, rounds }: Sizes): Promise<Row> {
  await using db = new AerolithClient(url, { token });
  await db.createCollection('documents');
  const documents = db.collection<{ _id: number }>('documents');
  for (let start = 0; start < DOCUMENTS; start += BATCH)
    await documents.insertMany(Array.from({ length: BATCH }, (_, n) => JSON.parse(documentText(start + n)) as { _id: number }));
  const dispatcher = new Agent({ connections: IN_FLIGHT });
  const headers = { authorization: `Bearer ${token}` };
  const bare = async (id: number): Promise<unknown> => {
    const { body } = await request(`${url}/v1/collections/documents/documents/${id}`, { dispatcher, headers });
    return body.json();
  };
  const figures = await interleave(
    {
      ours: () => closedLoop(IN_FLIGHT, runMs, (n) => documents.get((n * 7919) % DOCUMENTS)),
      other: () => closedLoop(IN_FLIGHT, runMs, (n) => bare((n * 7919) % DOCUMENTS)),
    },
    rounds,
  );
  await dispatcher.close();
  return {
    work: `SDK: get by id over HTTP, ${IN_FLIGHT} in flight`,
    against: 'undici, same route',
    measure: 'rate',
    unit: '/s',
    ...figures,
    bound: { floor: 0.7, aim: 0.9 },
  };
}

import { join } from 'node:path';
import { RestClient } from '../remote/rest-client.ts';
import type { Bench } from './bench.ts';
import { personText } from './bench-documents.ts';
import { startServer } from './bench-server.ts';

const PEOPLE = 10_000;
const BATCH = 1000;
const DOCUMENTS = '/v1/collections/people/documents';

/** A server of its own process, and this one as its client. */
export async function runHttp(bench: Bench, folder: string): Promise<void> {
  await using server = await startServer(join(folder, 'http'), bench.signal);
  const client = new RestClient(new URL(server.url), server.token, bench.signal);
  try {
    await fill(client);
    const get = (n: number) => client.send({ path: `${DOCUMENTS}/${encodeURIComponent(JSON.stringify((n * 7919) % PEOPLE))}` });
    let next = PEOPLE;
    const insert = () => client.send(insertion(personText(next++)));
    for (const callers of [1, 32]) await bench.run('HTTP: get by id', { callers }, get);
    for (const callers of [1, 32]) await bench.run('HTTP: insert', { callers }, insert);
  } finally {
    client.close();
  }
}

async function fill(client: RestClient): Promise<void> {
  await client.send({ method: 'POST', path: '/v1/collections', body: '{"name":"people"}', commandId: RestClient.commandId() });
  for (let first = 0; first < PEOPLE; first += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, n) => personText(first + n));
    await client.send(insertion(`[${batch.join(',')}]`));
  }
}

function insertion(body: string) {
  return { method: 'POST', path: DOCUMENTS, body, commandId: RestClient.commandId() } as const;
}

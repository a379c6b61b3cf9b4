import { documentText } from '../../data/documents.ts';
import { startChild } from '../../harness/child-server.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import { httpLoad } from '../../harness/wrk.ts';
import { NodeDoor } from './node-door.ts';
import type { Sizes } from './sizes.ts';

const CONNECTIONS = 64;
const echo = new URL('../../peers/echo-server.ts', import.meta.url);

/** `insertRate`: what the embedded insert of the same run made. */
export async function httpRows(
  folder: string,
  sizes: Sizes & { readonly cacheMegabytes: number },
  insertRate: number,
  progress: (what: string) => void,
): Promise<Row[]> {
  const node = await NodeDoor.start(`${folder}/http-data`, ['--cache-megabytes', String(sizes.cacheMegabytes)]);
  const empty = await startChild(echo);
  try {
    const { token } = node;
    const { url } = node.child;
    await node.fill(sizes.documents);
    progress('HTTP: GET by id');
    const load = { connections: CONNECTIONS, durationMs: sizes.runMs, folder, script: getScript(token, sizes.documents) };
    const gets = await interleave(
      { ours: () => httpLoad({ ...load, url }), other: () => httpLoad({ ...load, url: empty.url }) },
      sizes.rounds,
    );
    progress('HTTP: insert');
    let round = 0;
    const insert = (): Promise<number> => httpLoad({ ...load, url, script: insertScript(token, 10_000_000 * ++round) });
    const { ours } = await interleave({ ours: insert }, sizes.rounds);
    return [
      {
        work: `HTTP: GET by id, ${CONNECTIONS} connections`,
        against: 'empty Fastify handler',
        measure: 'rate',
        unit: '/s',
        ...gets,
        bound: { floor: 0.45, aim: 0.7 },
      },
      {
        work: `HTTP: insert, ${CONNECTIONS} connections`,
        against: 'embedded insert',
        measure: 'rate',
        unit: '/s',
        ours,
        other: insertRate,
        bound: { floor: 0.4, aim: 0.7 },
      },
    ];
  } finally {
    await Promise.all([node.child.stop(), empty.stop()]);
  }
}

function getScript(token: string, documents: number): string {
  return `local n = 0
local headers = { ["Authorization"] = "Bearer ${token}" }
request = function()
  n = n + 1
  return wrk.format("GET", "/v1/collections/documents/documents/" .. (n * 7919 % ${documents}), headers)
end`;
}

function insertScript(token: string, firstId: number): string {
  const [before, after] = documentText(0).split('"_id":0');
  return `local n = ${firstId}
local headers = { ["Authorization"] = "Bearer ${token}", ["Content-Type"] = "application/json" }
request = function()
  n = n + 1
  return wrk.format("POST", "/v1/collections/documents/documents", headers, [==[${before}"_id":]==] .. n .. [==[${after}]==])
end`;
}

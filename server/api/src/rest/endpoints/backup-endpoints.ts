import type { RunningBackup } from '@aerolithdb/database';
import { TAKEN } from '../answer.ts';
import { endpoint, type Outgoing, type Wire } from '../endpoint.ts';
import { problemOf } from '../problem.ts';
import { sendBytes } from '../send-bytes.ts';

const BACKUP_TYPE = 'application/vnd.aerolithdb.backup';
/** URL-encoded. */
const PROBLEM_TRAILER = 'aerolith-problem';

const backup = endpoint({
  id: 'backup',
  method: 'GET',
  path: '/v1/backup',
  tag: 'Ledger',
  summary: 'A backup of the whole database, or of what was written after a height, as a stream.',
  description:
    'Consistent at one height, that of the last durable block. The bytes are those of docs/reference/backup-format.md: parts with checksums, and a last part without which a backup is not whole. When it fails on the way, the trailer `aerolith-problem` holds the problem, URL-encoded. A client that reads slowly holds up nothing.',
  role: 'admin',
  parameters: {
    since: {
      in: 'query',
      kind: 'integer',
      min: 0,
      summary:
        'The blocks after this height alone, to be restored on top of a backup that ends there. 0: all blocks, without the state.',
      example: 7,
    },
  },
  body: {},
  answers: [
    { status: 200, summary: 'The backup.', mediaType: BACKUP_TYPE, schema: { type: 'string', contentEncoding: 'binary' } },
  ],
  errors: ['invalid_position', 'overloaded', 'storage_full', 'storage_failed', 'storage_corrupt', 'log_closed'],
  handle: async ({ database, session, parameters, exchange, site }): Promise<Outgoing> => {
    const { since } = parameters;
    const { signal, end } = exchange.openStream();
    try {
      const running = await database.backup(session, { signal, ...(since === undefined ? {} : { since }) });
      await send(exchange, running, signal, site.limits.silentMs).finally(running.close);
    } finally {
      end();
    }
    return TAKEN;
  },
});

/** What fails on the way ends the answer without the last part of a backup; a trailer then holds the problem. */
async function send(exchange: Wire, running: RunningBackup, signal: AbortSignal, stalledMs: number): Promise<void> {
  const { response } = exchange;
  const disposition = `attachment; filename="${fileName(running)}"`;
  exchange.sendHead(200, ['content-type', BACKUP_TYPE, 'content-disposition', disposition, 'trailer', PROBLEM_TRAILER]);
  try {
    await sendBytes(response, running.bytes, signal, stalledMs);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'internal') throw error;
    response.addTrailers([[PROBLEM_TRAILER, encodeURIComponent(problem.body)]]);
  }
  if (signal.aborted) response.destroy();
  else response.end();
}

function fileName({ since, head }: RunningBackup): string {
  return since === undefined ? `aerolith-${head.height}.backup` : `aerolith-${since.height}-${head.height}.backup`;
}

export const BACKUP_ENDPOINTS = [backup];

import type { RunningBackup } from '@aerolithdb/database';
import { TAKEN } from '../answer.ts';
import { drained } from '../drained.ts';
import { endpoint, type Outgoing, type Wire } from '../endpoint.ts';

const BACKUP_TYPE = 'application/vnd.aerolithdb.backup';

const backup = endpoint({
  id: 'backup',
  method: 'GET',
  path: '/v1/backup',
  tag: 'Ledger',
  summary: 'A backup of the whole database, or of what was written after a height, as a stream.',
  description:
    'Consistent at one height, that of the last durable block. The bytes are those of docs/reference/backup-format.md: parts with checksums, and a last part without which a backup is not whole. A client that reads slowly holds up nothing.',
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
      await send(exchange, running, signal, site.limits.silentMs);
    } finally {
      end();
    }
    return TAKEN;
  },
});

/** What fails on the way cuts the connection, and the client finds the backup without its end. */
async function send(
  exchange: Wire,
  { bytes, head, since }: RunningBackup,
  signal: AbortSignal,
  stalledMs: number,
): Promise<void> {
  const { response } = exchange;
  const name = since === undefined ? `aerolith-${head.height}.backup` : `aerolith-${since.height}-${head.height}.backup`;
  exchange.sendHead(200, ['content-type', BACKUP_TYPE, 'content-disposition', `attachment; filename="${name}"`]);
  for await (const piece of bytes) {
    if (signal.aborted) break;
    if (!response.write(piece)) await drained(response, stalledMs);
  }
  if (signal.aborted) response.destroy();
  else response.end();
}

export const BACKUP_ENDPOINTS = [backup];

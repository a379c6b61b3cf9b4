import type { Database, RunningExport, Session } from '@aerolithdb/database';
import { AerolithError, type LinesRequest } from '@aerolithdb/protocol';
import { TAKEN } from './answer.ts';
import type { Outgoing, Wire } from './endpoint.ts';
import type { RestLimits } from './limits.ts';
import { sendBytes } from './send-bytes.ts';

export const LINES_TYPE = 'application/x-ndjson';
export const HEIGHT_HEADER = 'aerolith-height';

/** Whether the client asks for a document a line. */
export function wantsLines({ request }: Wire): boolean {
  return request.headers.accept?.includes(LINES_TYPE) === true;
}

type Source = { readonly database: Database; readonly session: Session; readonly exchange: Wire; readonly limits: RestLimits };

/**
 * All that a find selects, as a stream of NDJSON. What fails before its first byte is thrown; what fails later breaks the connection, so that a
 * part never looks like the whole.
 */
export async function sendLines({ database, session, exchange, limits }: Source, request: LinesRequest): Promise<Outgoing> {
  assertBreakable(exchange);
  const { signal, end } = exchange.openStream();
  try {
    const running = await database.export(session, request, signal);
    await send(exchange, running, signal, limits.silentMs).finally(running.close);
  } finally {
    end();
  }
  return TAKEN;
}

async function send(exchange: Wire, { height, bytes }: RunningExport, signal: AbortSignal, stalledMs: number): Promise<void> {
  const { response } = exchange;
  exchange.sendHead(200, ['content-type', LINES_TYPE, HEIGHT_HEADER, String(height)]);
  await sendBytes(response, bytes, signal, stalledMs);
  if (signal.aborted) response.destroy();
  else response.end();
}

/** In HTTP/1.0 an answer of unknown length ends with its connection, whether it is whole or not. */
function assertBreakable({ request }: Wire): void {
  if (request.httpVersionMajor > 1 || request.httpVersionMinor > 0) return;
  const message = `${LINES_TYPE} needs HTTP/1.1, in which an answer that broke off can be told from a whole one.`;
  throw new AerolithError('invalid_request', message, { accept: LINES_TYPE });
}

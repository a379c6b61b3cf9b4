import type { ServerResponse } from 'node:http';
import { drained } from './drained.ts';

/**
 * Sends bytes no faster than the client takes them, until they end or `signal` is aborted. A client that takes nothing for `stalledMs` is
 * cut off. Throws what `bytes` throws.
 */
export async function sendBytes(
  response: ServerResponse,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
  stalledMs: number,
): Promise<void> {
  for await (const piece of bytes) {
    if (signal.aborted) return;
    if (!response.write(piece)) await drained(response, stalledMs);
  }
}

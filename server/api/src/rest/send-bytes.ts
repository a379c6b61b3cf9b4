import type { ServerResponse } from 'node:http';
import { drained } from './drained.ts';

/**
 * Sends bytes no faster than the client takes them, until they end or `signal` is aborted. A client that takes nothing for `stalledMs` is
 * cut off. Takes the pieces over. Throws what `bytes` throws.
 */
export async function sendBytes(
  response: ServerResponse,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
  stalledMs: number,
): Promise<void> {
  for await (const piece of bytes) {
    if (signal.aborted) return;
    if (response.write(piece)) continue;
    await drained(response, stalledMs);
    if (!response.destroyed) letGo(piece);
  }
}

/**
 * Gives memory back that the socket has taken everything out of. Otherwise it counts as in use until the next collection, and V8 collects
 * the whole heap for every 20 MB of a stream.
 */
function letGo({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

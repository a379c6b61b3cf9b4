import type { ServerResponse } from 'node:http';

/** Resolves when the buffer is empty again or the connection is closed; closes it itself after `stalledMs`. */
export function drained(response: ServerResponse, stalledMs: number): Promise<void> {
  if (response.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), stalledMs);
    const settle = (): void => {
      clearTimeout(stalled);
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.once('drain', settle);
    response.once('close', settle);
  });
}

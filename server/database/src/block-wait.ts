import type { OrderedLog } from '@aerolithdb/log';

/** Resolves once the log is past this height, or the signal is aborted. */
export function blockAfter(log: OrderedLog, height: number, signal: AbortSignal | undefined): Promise<void> {
  if (log.head().height > height || signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      stop();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const stop = log.onBlock((head) => {
      if (head.height > height) end();
    });
    signal?.addEventListener('abort', end);
  });
}

import { AerolithError } from '@aerolithdb/protocol';

/** Milliseconds. */
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 2000;

/** Codes after which the same request may succeed, and after which a write that carries a command id may be sent again. */
const TRANSIENT: ReadonlySet<string> = new Set(['unreachable', 'overloaded', 'log_closed']);

export function isTransient(error: unknown): error is AerolithError {
  return error instanceof AerolithError && TRANSIENT.has(error.code);
}

/** Milliseconds to wait before attempt number `attempt` (from 1): doubled each time, shifted by chance, or what the server asks for. */
export function pauseMs(attempt: number, error: AerolithError, random: () => number = Math.random): number {
  const asked = error.details.retryAfterSeconds;
  const least = typeof asked === 'number' && asked > 0 ? asked * 1000 : 0;
  const doubled = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10));
  return least + doubled * (0.5 + random() / 2);
}

/** Resolves after some milliseconds. Throws the reason of the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const ended = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', ended);
      resolve();
    }, ms);
    signal.addEventListener('abort', ended, { once: true });
  });
}

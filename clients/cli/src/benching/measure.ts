import { CliError, EXIT } from '../program/cli-error.ts';

/** One operation; it may be called again before it ends. `n` counts the calls from 0. */
export type Operation = (n: number) => Promise<unknown>;

export type Load = {
  /** Operations in progress at a time. */
  readonly callers: number;
  readonly ms: number;
  /** Things that one operation does, such as the documents of a batch. */
  readonly each?: number;
  /** Operations after which it ends before its time. */
  readonly times?: number;
  readonly signal: AbortSignal;
};

/** What was measured. Latencies are those of one operation, in milliseconds. */
export type Measured = {
  readonly callers: number;
  readonly operations: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** Repeats an operation by so many callers for a time, each at least once. Throws `interrupted`, and what the operation throws. */
export async function measure(
  operation: Operation,
  { callers, ms, each = 1, times = Number.POSITIVE_INFINITY, signal }: Load,
): Promise<Measured> {
  const latencies: number[] = [];
  const begun = performance.now();
  let n = 0;
  const call = async () => {
    do {
      const start = performance.now();
      await operation(n++);
      latencies.push(performance.now() - start);
    } while (performance.now() - begun < ms && n < times && !signal.aborted);
  };
  await Promise.all(Array.from({ length: callers }, call));
  assertGoesOn(signal);
  const elapsedMs = performance.now() - begun;
  latencies.sort((a, b) => a - b);
  return {
    callers,
    operations: latencies.length * each,
    perSecond: (latencies.length * each * 1000) / elapsedMs,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

/** Throws `interrupted` when the user asked to stop. */
export function assertGoesOn(signal: AbortSignal): void {
  if (signal.aborted) throw new CliError('interrupted', 'Stopped.', EXIT.interrupted);
}

/** The smallest of the sorted values that so large a part of them does not exceed; 0 when there is none. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

/** Calls per second of `callers` that each wait for one answer before the next call, over `durationMs`. */
export async function closedLoop(callers: number, durationMs: number, call: (n: number) => unknown): Promise<number> {
  let calls = 0;
  const start = performance.now();
  const end = start + durationMs;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) await call(calls++);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (calls / (performance.now() - start)) * 1000;
}

/** As `closedLoop` with one caller of a function that answers at once: no promise is waited for. */
export function tightLoop(durationMs: number, call: (n: number) => unknown): number {
  let calls = 0;
  const start = performance.now();
  const end = start + durationMs;
  while (performance.now() < end) for (let i = 0; i < 100; i++) call(calls++);
  return (calls / (performance.now() - start)) * 1000;
}

/** Milliseconds that the work takes, the median of `repeats`. */
export async function timed(repeats: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

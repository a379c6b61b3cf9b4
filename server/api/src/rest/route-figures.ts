/** Upper bounds of the latency buckets, in seconds. */
export const LATENCY_BUCKETS_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const;

/** Status codes from `STATUS_LOW` on have a place. */
const STATUS_LOW = 200;
const STATUSES = 400;

/** Of one route: a count for each bucket and one past the last, the sum of seconds, a count for each status. */
const SUM = LATENCY_BUCKETS_SECONDS.length + 1;
const FIRST_STATUS = SUM + 1;
const ROW = FIRST_STATUS + STATUSES;

/** Bytes of the figures of one door. */
export function figuresBytes(routes: number): number {
  return routes * ROW * Float64Array.BYTES_PER_ELEMENT;
}

/** What was answered on each route of a node. Each door adds to its own part of the memory, and any of them reads the sums. */
export class RouteFigures {
  readonly #all: Float64Array;
  readonly #own: Float64Array;

  constructor(memory: SharedArrayBuffer, place: number, routes: number) {
    this.#all = new Float64Array(memory);
    this.#own = this.#all.subarray(place * routes * ROW, (place + 1) * routes * ROW);
  }

  observe(route: number, status: number, seconds: number): void {
    const first = route * ROW;
    if (first >= this.#own.length) return;
    let bucket = 0;
    while (bucket < SUM - 1 && seconds > LATENCY_BUCKETS_SECONDS[bucket]!) bucket += 1;
    this.#own[first + bucket]! += 1;
    this.#own[first + SUM]! += seconds;
    this.#own[first + FIRST_STATUS + status - STATUS_LOW]! += 1;
  }

  /** Of all doors together. */
  sumOf(route: number): RouteSum {
    const sum = new Float64Array(ROW);
    for (let first = route * ROW; first < this.#all.length; first += this.#own.length)
      for (let at = 0; at < ROW; at += 1) sum[at]! += this.#all[first + at]!;
    const statuses = Array.from(sum.subarray(FIRST_STATUS), (count, at) => [STATUS_LOW + at, count] as const);
    return {
      buckets: [...sum.subarray(0, SUM)],
      seconds: sum[SUM]!,
      statuses: statuses.filter(([, count]) => count > 0),
    };
  }
}

/** `buckets`: how many took as long as each bound of `LATENCY_BUCKETS_SECONDS` at most and longer than the one before; the last, longer than all. */
export type RouteSum = {
  readonly buckets: readonly number[];
  readonly seconds: number;
  readonly statuses: readonly (readonly [status: number, count: number])[];
};

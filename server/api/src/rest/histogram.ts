/** Upper bounds of the latency buckets, in seconds. */
export const LATENCY_BUCKETS_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const;

/** Counts observations by upper bound, as a Prometheus histogram does. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;
  #total = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let place = 0;
    while (place < bounds.length && value > bounds[place]!) place += 1;
    this.#counts[place]! += 1;
    this.#sum += value;
    this.#total += 1;
  }

  /** Lines of the exposition format; `labels` without braces. */
  lines(name: string, labels: string): string[] {
    let below = 0;
    const buckets = this.#bounds.map((bound, place) => {
      below += this.#counts[place]!;
      return `${name}_bucket{${labels},le="${bound}"} ${below}`;
    });
    return [
      ...buckets,
      `${name}_bucket{${labels},le="+Inf"} ${this.#total}`,
      `${name}_sum{${labels}} ${this.#sum}`,
      `${name}_count{${labels}} ${this.#total}`,
    ];
  }
}

/** Reads a second that are looked at beside the slow ones, in each thread. */
const RATE = 25;

/** Which reads of a thread are looked at: slow ones always, others at a bounded rate. */
export class ReadSampler {
  /** Milliseconds from which on a read is slow. */
  slowMs: number;
  #nextMs = 0;
  #since = 0;

  constructor(slowMs: number) {
    this.slowMs = slowMs;
  }

  /**
   * How many reads the one that has just ended stands for, itself counted; 0: it is not looked at. `now` and `elapsed` in milliseconds.
   */
  take(now: number, elapsed: number): number {
    this.#since++;
    if (now < this.#nextMs) return elapsed > this.slowMs ? 1 : 0;
    this.#nextMs = now + 1000 / RATE;
    const standsFor = this.#since;
    this.#since = 0;
    return standsFor;
  }
}

import type { AerolithError } from '@aerolithdb/protocol';

type Wait = { readonly height: number; readonly resolve: () => void; readonly reject: (error: AerolithError) => void };

/** Those who wait for a height to become durable. */
export class HeightWaits {
  #waits: Wait[] = [];

  wait(height: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waits.push({ height, resolve, reject });
    });
  }

  reached(height: number): void {
    if (this.#waits.length === 0) return;
    const waits = this.#waits;
    this.#waits = waits.filter((wait) => wait.height > height);
    for (const wait of waits) if (wait.height <= height) wait.resolve();
  }

  fail(error: AerolithError): void {
    const waits = this.#waits;
    this.#waits = [];
    for (const wait of waits) wait.reject(error);
  }
}

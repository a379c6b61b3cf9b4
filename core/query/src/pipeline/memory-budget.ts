import { AerolithError, Binary, type Value } from '@aerolithdb/protocol';
import { PIPELINE_LIMITS } from './pipeline-limits.ts';

/** What the blocking stages of one run hold together, in bytes as `sizeOf` counts them. */
export class MemoryBudget {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number = PIPELINE_LIMITS.heldBytes) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /** Throws `pipeline_too_large` when the stage would hold more than the limit. */
  take(bytes: number, stage: string): void {
    this.#held += bytes;
    if (this.#held > this.#limit) throw tooLarge(stage, this.#limit);
  }

  give(bytes: number): void {
    this.#held -= bytes;
  }
}

function tooLarge(stage: string, bytes: number): AerolithError {
  const message = `The pipeline would hold more than ${bytes} bytes in ${stage}. Put a $match, $project or $limit before it.`;
  return new AerolithError('pipeline_too_large', message, { stage, bytes });
}

/** About what a value takes in memory, in bytes. */
export function sizeOf(value: Value | undefined): number {
  if (typeof value === 'string') return 32 + value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + sizeOf(element), 48);
  if (value instanceof Map) {
    let sum = 96;
    for (const [name, inner] of value) sum += 32 + name.length + sizeOf(inner);
    return sum;
  }
  return value instanceof Binary ? 64 + value.bytes.length : 16;
}

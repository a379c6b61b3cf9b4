import { AerolithError, Binary, type Value } from '@aerolithdb/protocol';
import { PIPELINE_LIMITS } from './pipeline-limits.ts';

/** What the blocking stages of one run hold together, in bytes as `sizeOf` counts them. */
export class MemoryBudget {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number = PIPELINE_LIMITS.heldBytes) {
    this.#limit = limit;
  }

  get limit(): number {
    return this.#limit;
  }

  get held(): number {
    return this.#held;
  }

  /** Whether so many bytes more are within the limit. */
  fits(bytes: number): boolean {
    return this.#held + bytes <= this.#limit;
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

/** What one stage takes of a budget, to be given back as a whole. */
export class BudgetPart extends MemoryBudget {
  readonly #whole: MemoryBudget;

  constructor(whole: MemoryBudget) {
    super(Number.POSITIVE_INFINITY);
    this.#whole = whole;
  }

  override get limit(): number {
    return this.#whole.limit;
  }

  override fits(bytes: number): boolean {
    return this.#whole.fits(bytes);
  }

  override take(bytes: number, stage: string): void {
    super.take(bytes, stage);
    this.#whole.take(bytes, stage);
  }

  override give(bytes: number): void {
    super.give(bytes);
    this.#whole.give(bytes);
  }

  giveAll(): void {
    this.give(this.held);
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

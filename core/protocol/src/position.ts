import { LIMITS } from './limits.ts';

/**
 * A position names one change in the log: `height × 16384 + index in the block`. It is also the version of the document that
 * the change wrote. It is a safe integer for 2^39 blocks, and it only grows.
 */
export function position(height: number, index: number): number {
  return height * LIMITS.changesPerBlock + index;
}

export function heightOf(position: number): number {
  return Math.floor(position / LIMITS.changesPerBlock);
}

export function indexOf(position: number): number {
  return position % LIMITS.changesPerBlock;
}

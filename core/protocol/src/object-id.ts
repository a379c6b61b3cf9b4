import { AerolithError } from './aerolith-error.ts';
import { toHex } from './hex.ts';
import { ObjectId } from './value.ts';

/**
 * An ObjectId out of its three parts: seconds since 1970 (32 bits), 5 random bytes of the process, and a counter of which the
 * low 24 bits are used. The caller brings clock, randomness and counter.
 *
 * @example
 * newObjectId(1, new Uint8Array(5), 2).hex; // '000000010000000000000002'
 */
export function newObjectId(seconds: number, random: Uint8Array, counter: number): ObjectId {
  if (random.length !== 5) throw new AerolithError('internal', `An ObjectId needs 5 random bytes, not ${random.length}.`);
  const head = (seconds >>> 0).toString(16).padStart(8, '0');
  const tail = (counter & 0xff_ffff).toString(16).padStart(6, '0');
  return new ObjectId(head + toHex(random) + tail);
}

/** The second in which an ObjectId was made. */
export function objectIdSeconds(id: ObjectId): number {
  return Number.parseInt(id.hex.slice(0, 8), 16);
}

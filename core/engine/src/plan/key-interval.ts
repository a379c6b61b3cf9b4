import { compareBytes } from '@aerolithdb/protocol';

/**
 * Keys from `low` up to, not including, `high`, both ends being bytes that a key may begin with. Keys are prefix-free
 * (see `encodeKey`), so an end divides them cleanly.
 */
export type KeyInterval = { readonly low: Uint8Array; readonly high: Uint8Array };

/** The first bytes above everything that begins with `bytes`. There must be a byte below 0xff, as every class byte is. */
export function afterPrefix(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0xff) end--;
  if (end === 0) throw new RangeError('No bytes stand above a prefix of 0xff.');
  const next = bytes.slice(0, end);
  next[end - 1]! += 1;
  return next;
}

/** All keys that begin with `bytes`. */
export function withPrefix(bytes: Uint8Array): KeyInterval {
  return { low: bytes, high: afterPrefix(bytes) };
}

/** The same keys when they are written in descending direction (every byte complemented). */
export function descending(interval: KeyInterval): KeyInterval {
  return { low: afterPrefix(complement(interval.high)), high: afterPrefix(complement(interval.low)) };
}

/** In order, without empty ones; what overlaps is one. What only touches stays apart, so that single keys stay single. */
export function union(intervals: readonly KeyInterval[]): KeyInterval[] {
  const sorted = intervals.filter(isNotEmpty).sort((a, b) => compareBytes(a.low, b.low));
  const merged: KeyInterval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last === undefined || compareBytes(last.high, interval.low) <= 0) merged.push(interval);
    else if (compareBytes(last.high, interval.high) < 0) merged[merged.length - 1] = { low: last.low, high: interval.high };
  }
  return merged;
}

/** Of two lists in order, the keys that are in both. */
export function intersection(a: readonly KeyInterval[], b: readonly KeyInterval[]): KeyInterval[] {
  const common: KeyInterval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i]!;
    const right = b[j]!;
    const interval = { low: larger(left.low, right.low), high: smaller(left.high, right.high) };
    if (isNotEmpty(interval)) common.push(interval);
    if (compareBytes(left.high, right.high) < 0) i++;
    else j++;
  }
  return common;
}

export function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function isNotEmpty(interval: KeyInterval): boolean {
  return compareBytes(interval.low, interval.high) < 0;
}

function larger(a: Uint8Array, b: Uint8Array): Uint8Array {
  return compareBytes(a, b) >= 0 ? a : b;
}

function smaller(a: Uint8Array, b: Uint8Array): Uint8Array {
  return compareBytes(a, b) <= 0 ? a : b;
}

function complement(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => ~byte);
}

import { CHUNK_ROWS, type Chunk, countBits, emptyChunk, rowsIn } from './row-set.ts';

/**
 * A chunk of a bitmap as it stands in the file.
 *
 * Invariants:
 * 1. The first byte is the form: 0 the rows themselves, 1 all bits, 2 runs of rows, each as its first and its last row. Rows are
 *    numbers of 16 bits, the least byte first, ascending; bits are bytes, the least row first.
 * 2. The shortest form is taken, the one with the lower number among equals: the same rows have the same bytes.
 */

const ROWS = 0;
const BITS = 1;
const RUNS = 2;

export function encodeChunk(chunk: Chunk): Uint8Array {
  const runs = runsOf(chunk);
  const rows = countBits(chunk);
  const [inRows, inBits, inRuns] = [2 * rows, CHUNK_ROWS / 8, 4 * runs.length];
  if (inRows <= inBits && inRows <= inRuns) return numbers(ROWS, [...rowsIn(chunk)]);
  return inBits <= inRuns ? bits(chunk) : numbers(RUNS, runs.flat());
}

export function decodeChunk(bytes: Uint8Array): Chunk {
  const view = new DataView(bytes.buffer, bytes.byteOffset + 1, bytes.byteLength - 1);
  const chunk = emptyChunk();
  if (bytes[0] === BITS) for (let i = 0; i < chunk.length; i += 1) chunk[i] = view.getUint32(4 * i, true);
  else if (bytes[0] === ROWS) for (let at = 0; at < view.byteLength; at += 2) setRow(chunk, view.getUint16(at, true));
  else
    for (let at = 0; at < view.byteLength; at += 4)
      for (let row = view.getUint16(at, true); row <= view.getUint16(at + 2, true); row += 1) setRow(chunk, row);
  return chunk;
}

export function setRow(chunk: Chunk, row: number): void {
  chunk[row >>> 5]! |= 1 << (row & 31);
}

export function clearRow(chunk: Chunk, row: number): void {
  chunk[row >>> 5]! &= ~(1 << (row & 31));
}

export function hasRow(chunk: Chunk, row: number): boolean {
  return ((chunk[row >>> 5]! >>> (row & 31)) & 1) === 1;
}

function runsOf(chunk: Chunk): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const row of rowsIn(chunk)) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === row - 1) run[1] = row;
    else runs.push([row, row]);
  }
  return runs;
}

function numbers(form: number, list: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(1 + 2 * list.length);
  bytes[0] = form;
  for (const [i, number] of list.entries()) bytes.writeUInt16LE(number, 1 + 2 * i);
  return bytes;
}

function bits(chunk: Chunk): Uint8Array {
  const bytes = Buffer.alloc(1 + CHUNK_ROWS / 8);
  bytes[0] = BITS;
  for (const [i, word] of chunk.entries()) bytes.writeUInt32LE(word, 1 + 4 * i);
  return bytes;
}

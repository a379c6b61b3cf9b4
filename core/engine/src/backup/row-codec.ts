import type { Bound } from '@aerolithdb/storage';

/** `whole`: a safe integer from 0 on (8 bytes). `bytes`, `text` (UTF-8): length (4) and bytes. `any`: a tag (1) and one of these or nothing. */
export type ColumnType = 'whole' | 'bytes' | 'text' | 'any';

const UINT32 = 0x1_0000_0000;
const NUMBER_BYTES = 8;
const LENGTH_BYTES = 4;
const TAGS = { null: 0, whole: 1, text: 2 } as const;

/** Rows as bytes, one after the other; all integers are little endian. */
export class RowWriter {
  readonly #types: readonly ColumnType[];
  #bytes: Buffer;
  #length = 0;
  #rows = 0;

  constructor(types: readonly ColumnType[], capacity: number) {
    this.#types = types;
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#length;
  }

  get rows(): number {
    return this.#rows;
  }

  add(row: readonly unknown[]): void {
    for (let i = 0; i < this.#types.length; i++) this.#value(this.#types[i]!, row[i]);
    this.#rows += 1;
  }

  /** What was written, valid until the next `add`; the writer is empty afterwards. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    this.#rows = 0;
    return taken;
  }

  #value(type: ColumnType, value: unknown): void {
    if (type === 'whole') this.#whole(value);
    else if (type === 'bytes') this.#blob(value);
    else if (type === 'text') this.#text(value);
    else this.#any(value);
  }

  #whole(value: unknown): void {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`A column of whole numbers holds ${String(value)}.`);
    this.#room(NUMBER_BYTES);
    this.#bytes.writeUInt32LE(value % UINT32, this.#length);
    this.#bytes.writeUInt32LE(Math.floor(value / UINT32), this.#length + LENGTH_BYTES);
    this.#length += NUMBER_BYTES;
  }

  #blob(value: unknown): void {
    if (!(value instanceof Uint8Array)) throw new RangeError('A column of bytes holds something else.');
    this.#room(LENGTH_BYTES + value.length);
    this.#bytes.writeUInt32LE(value.length, this.#length);
    this.#bytes.set(value, this.#length + LENGTH_BYTES);
    this.#length += LENGTH_BYTES + value.length;
  }

  #text(value: unknown): void {
    if (typeof value !== 'string') throw new RangeError('A column of text holds something else.');
    this.#room(LENGTH_BYTES + Buffer.byteLength(value));
    const written = this.#bytes.write(value, this.#length + LENGTH_BYTES);
    this.#bytes.writeUInt32LE(written, this.#length);
    this.#length += LENGTH_BYTES + written;
  }

  #any(value: unknown): void {
    this.#room(1);
    this.#bytes[this.#length++] = value === null ? TAGS.null : typeof value === 'number' ? TAGS.whole : TAGS.text;
    if (typeof value === 'number') this.#whole(value);
    else if (value !== null) this.#text(value);
  }

  #room(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** The rows in `bytes`, ready to be bound. Throws a `RangeError` when they do not end where the bytes end. */
export function* readRows(types: readonly ColumnType[], bytes: Buffer): Generator<Bound[]> {
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) yield types.map((type) => readValue(type, cursor));
}

type Cursor = { readonly bytes: Buffer; at: number };

function readValue(type: ColumnType, cursor: Cursor): Bound {
  if (type === 'whole') return readWhole(cursor);
  if (type === 'bytes') return readBlob(cursor);
  if (type === 'text') return readBlob(cursor).toString('utf8');
  const tag = cursor.bytes.readUInt8(cursor.at++);
  if (tag === TAGS.null) return null;
  // Bound as a number, as the engine does: a column without a type keeps it as a REAL.
  return tag === TAGS.whole ? readWhole(cursor) : readBlob(cursor).toString('utf8');
}

function readWhole(cursor: Cursor): number {
  const low = cursor.bytes.readUInt32LE(cursor.at);
  const high = cursor.bytes.readUInt32LE(cursor.at + LENGTH_BYTES);
  cursor.at += NUMBER_BYTES;
  return high * UINT32 + low;
}

function readBlob(cursor: Cursor): Buffer {
  const start = cursor.at + LENGTH_BYTES;
  const end = start + cursor.bytes.readUInt32LE(cursor.at);
  if (end > cursor.bytes.length) throw new RangeError('A value goes on past the end of its part.');
  cursor.at = end;
  return cursor.bytes.subarray(start, end);
}

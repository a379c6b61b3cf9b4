/**
 * SQLite's write-ahead log as far as it is needed to tell how much of it is whole (format: "WAL-mode File Format" of SQLite). Each
 * frame holds a checksum over all frames before it, so one damaged byte ends the log for SQLite, which then ignores the rest.
 */
export const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const PAGE_SIZE_OFFSET = 8;
const SALTS_OFFSET = 16;
const SALTS_BYTES = 8;
const CHECKSUM_OFFSET = 24;
/** Magic number of a log whose checksums take words in big-endian order; one less is little-endian. */
const MAGIC_BIG_ENDIAN = 0x377f0683;

type Sums = readonly [number, number];

/** Whether the 32 bytes match their checksum. */
export function isWalHeader(header: Buffer): boolean {
  if (header.length < WAL_HEADER_BYTES || header.readUInt32BE(0) >>> 1 !== MAGIC_BIG_ENDIAN >>> 1) return false;
  return holds(header, CHECKSUM_OFFSET, checksum(header.subarray(0, CHECKSUM_OFFSET), [0, 0], isBigEndian(header)));
}

/**
 * Frames that match their checksums, at most `most`, from the first on. `read` gives that many bytes from there, fewer at the end of
 * the file. The header must be whole.
 */
export function wholeFrames(header: Buffer, most: number, read: (offset: number, bytes: number) => Buffer): number {
  const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(PAGE_SIZE_OFFSET);
  const salts = header.subarray(SALTS_OFFSET, SALTS_OFFSET + SALTS_BYTES);
  let sums: Sums = [header.readUInt32BE(CHECKSUM_OFFSET), header.readUInt32BE(CHECKSUM_OFFSET + 4)];
  for (let frame = 0; frame < most; frame++) {
    const bytes = read(WAL_HEADER_BYTES + frame * frameBytes, frameBytes);
    if (bytes.length < frameBytes || !salts.equals(bytes.subarray(8, 8 + SALTS_BYTES))) return frame;
    sums = checksum(bytes.subarray(0, 8), sums, isBigEndian(header));
    sums = checksum(bytes.subarray(FRAME_HEADER_BYTES), sums, isBigEndian(header));
    if (!holds(bytes, 16, sums)) return frame;
  }
  return most;
}

function isBigEndian(header: Buffer): boolean {
  return header.readUInt32BE(0) === MAGIC_BIG_ENDIAN;
}

function holds(bytes: Buffer, offset: number, [first, second]: Sums): boolean {
  return bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second;
}

function checksum(bytes: Buffer, [first, second]: Sums, bigEndian: boolean): Sums {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let a = first;
  let b = second;
  for (let offset = 0; offset < bytes.length; offset += 8) {
    a = (a + view.getUint32(offset, !bigEndian) + b) >>> 0;
    b = (b + view.getUint32(offset + 4, !bigEndian) + a) >>> 0;
  }
  return [a, b];
}

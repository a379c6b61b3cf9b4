import { constants, type ZstdOptions, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Runs `work`, and lets nobody end this thread meanwhile. */
export type Uninterrupted = <T>(work: () => T) => T;

let uninterrupted: Uninterrupted = (work) => work();

/**
 * To be called by the program of a thread that others may end with `terminate()`. Node.js makes a handle of zstd in two steps, and a
 * thread that is ended between them takes the whole process with it (assertion "close before init" in `node_zlib.cc`).
 */
export function keepZstdUninterrupted(by: Uninterrupted): void {
  uninterrupted = by;
}

/** Compression level 1: the ledger and backups are written while callers wait. */
const PARAMETERS = { [constants.ZSTD_c_compressionLevel]: 1 };

export function compress(bytes: Uint8Array, options: Pick<ZstdOptions, 'chunkSize' | 'pledgedSrcSize'> = {}): Buffer {
  return uninterrupted(() => zstdCompressSync(bytes, { ...options, params: PARAMETERS }));
}

/** Throws what zlib throws, also when there would be more than `bytesMax` bytes. */
export function decompress(bytes: Uint8Array, bytesMax?: number): Buffer {
  const options = bytesMax === undefined ? {} : { maxOutputLength: bytesMax };
  return uninterrupted(() => zstdDecompressSync(bytes, options));
}

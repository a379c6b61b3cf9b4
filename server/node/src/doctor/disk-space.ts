import { statfsSync } from 'node:fs';
import { error, type Finding, fine, notPossible, warning } from './finding.ts';
import { sizeText } from './sizes.ts';

const CHECK = 'disk space';
const MEBIBYTE = 1_048_576;
/** Less than this and the next write-ahead log may not fit. */
const ERROR_BYTES = 64 * MEBIBYTE;
const WARNING_BYTES = 1024 * MEBIBYTE;
const WARNING_PART = 0.05;

export type Space = { readonly freeBytes: number; readonly totalBytes: number };

export function checkDiskSpace(folder: string): Finding {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return judgeSpace({ freeBytes: bavail * bsize, totalBytes: blocks * bsize });
  } catch (thrown) {
    return notPossible(CHECK, thrown, 'Check that the folder is there and that you may read it.');
  }
}

export function judgeSpace({ freeBytes, totalBytes }: Space): Finding {
  const found = `${sizeText(freeBytes)} of ${sizeText(totalBytes)} are free`;
  const figures = { freeBytes, totalBytes };
  if (freeBytes < ERROR_BYTES) {
    return error(CHECK, found, 'Free some space now: writes are refused with storage_full when it is used up.', figures);
  }
  if (freeBytes < WARNING_BYTES || freeBytes < totalBytes * WARNING_PART) {
    return warning(CHECK, found, 'Free some space or move the data folder to a larger disk.', figures);
  }
  return fine(CHECK, found, figures);
}

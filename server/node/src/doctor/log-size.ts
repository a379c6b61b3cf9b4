import { storageFigures } from '../data-folder.ts';
import { type Finding, fine, warning } from './finding.ts';
import { sizeText } from './sizes.ts';

const CHECK = 'write-ahead log';
const LARGE_BYTES = 1_073_741_824;

export function checkLogSize(folder: string): Finding {
  return judgeLogSize(storageFigures(folder));
}

export function judgeLogSize({ fileBytes, walBytes }: { fileBytes: number; walBytes: number }): Finding {
  const found = `${sizeText(walBytes)} beside a file of ${sizeText(fileBytes)}`;
  const figures = { walBytes, fileBytes };
  if (walBytes <= LARGE_BYTES) return fine(CHECK, found, figures);
  const todo =
    'Something reads one old state for long, so that the log cannot start anew: end long reads, or start the node again.';
  return warning(CHECK, found, todo, figures);
}

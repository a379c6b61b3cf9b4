import { extname } from 'node:path';
import { parseDocument } from '@aerolithdb/protocol';

export const INPUT_FORMATS = ['ndjson', 'json', 'csv', 'tsv'] as const;

export type InputFormat = (typeof INPUT_FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, InputFormat>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.tsv': 'tsv',
};

/**
 * The format of an input: by the extension of its name, else by how it begins. An array is `json`; a document alone on the
 * first line makes `ndjson`; other documents are `json`; anything else is `csv`.
 */
export function inputFormat(name: string | undefined, beginning: Buffer): InputFormat {
  const known = name === undefined ? undefined : BY_EXTENSION[extname(name).toLowerCase()];
  if (known !== undefined) return known;
  const text = beginning
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text === '' || text.startsWith('[')) return 'json';
  if (text.startsWith('{')) return isDocumentLine(text.slice(0, Math.max(0, text.indexOf('\n'))).trim()) ? 'ndjson' : 'json';
  return 'csv';
}

function isDocumentLine(line: string): boolean {
  try {
    parseDocument(line);
    return true;
  } catch {
    return false;
  }
}

import { usageError } from '../program/cli-error.ts';
import { CsvWriter } from './csv-writer.ts';
import { lineBatches } from './lines.ts';

export const EXPORT_FORMATS = ['ndjson', 'json', 'csv'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Makes the text of an export out of the texts of documents, a page at a time. */
export interface ExportWriter {
  page(documents: readonly string[]): string;
  end(): string;
}

/**
 * `fields` are the columns of CSV; absent, they come from the first page. Undefined for NDJSON, which goes through as it is.
 * Throws a usage error when they do not fit the format.
 */
export function exportWriter(format: ExportFormat, fields: readonly string[] | undefined): ExportWriter | undefined {
  if (format === 'csv') return new CsvWriter(fields);
  if (fields !== undefined) throw usageError('--fields names the columns of CSV; for other formats use --projection.');
  return format === 'json' ? jsonWriter() : undefined;
}

/** Documents that a writer gets at once. */
const PAGE = 1000;

/** The bytes of an export, out of those of NDJSON. */
export async function* exportBytes(writer: ExportWriter | undefined, lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (writer === undefined) return yield* lines;
  for await (const documents of lineBatches(lines, PAGE)) yield Buffer.from(writer.page(documents));
  yield Buffer.from(writer.end());
}

function jsonWriter(): ExportWriter {
  let before = '[\n';
  return {
    page(documents) {
      if (documents.length === 0) return '';
      const text = `${before}${documents.join(',\n')}`;
      before = ',\n';
      return text;
    },
    end: () => (before === '[\n' ? '[]\n' : '\n]\n'),
  };
}

/** The format a file's name asks for. Throws a usage error when it asks for compression. */
export function formatOfName(name: string): ExportFormat {
  const packed = /\.(gz|zst|br|bz2|xz|zip)$/.exec(name)?.[0];
  if (packed !== undefined)
    throw usageError(
      `An export is not compressed, so its name does not end with ${packed}; leave the file out and pipe it through a program that compresses.`,
    );
  if (name.endsWith('.csv')) return 'csv';
  return name.endsWith('.json') ? 'json' : 'ndjson';
}

import type { EmptyCells } from './csv-layout.ts';
import { readCsv } from './csv-reader.ts';
import type { CsvType } from './csv-types.ts';
import type { InputFormat } from './input-format.ts';
import { readJson } from './json-reader.ts';
import { readNdjson } from './ndjson-reader.ts';
import type { RecordGroup } from './record.ts';

export type CsvChoices = {
  readonly types: ReadonlyMap<string, CsvType>;
  readonly empty: EmptyCells;
  /** Absent: a comma, or a tab for tsv. */
  readonly delimiter?: string | undefined;
  readonly onHeader?: (raw: string) => void;
};

/** The records of an input in a format. */
export function readRecords(format: InputFormat, bytes: AsyncIterable<Buffer>, csv: CsvChoices): AsyncIterable<RecordGroup> {
  if (format === 'ndjson') return readNdjson(bytes);
  if (format === 'json') return readJson(bytes);
  const delimiter = csv.delimiter ?? (format === 'tsv' ? '\t' : ',');
  return readCsv(bytes, { ...csv, delimiter, delimiterIsAssumed: csv.delimiter === undefined });
}

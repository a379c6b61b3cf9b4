import { isUtf8 } from 'node:buffer';
import { LONGEST_RECORD_BYTES, type RecordGroup, type SourceRecord } from './record.ts';

const LINE_FEED = 0x0a;

/** One document a line. Empty lines are passed over; a line that is not UTF-8 is a bad record with its number. */
export async function* readNdjson(input: AsyncIterable<Buffer>): AsyncIterable<RecordGroup> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let bytesRead = 0;
  for await (const chunk of input) {
    bytesRead += chunk.length;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = cutLines(bytes, line);
    rest = cut.rest;
    line = cut.nextLine;
    if (rest.length > LONGEST_RECORD_BYTES) throw new RangeError(`Line ${line} is longer than ${LONGEST_RECORD_BYTES} bytes.`);
    yield { records: cut.records, bytesRead };
  }
  const last = recordOfLine(rest, line);
  if (last !== undefined) yield { records: [last], bytesRead };
}

type Cut = { readonly records: SourceRecord[]; readonly rest: Buffer; readonly nextLine: number };

function cutLines(bytes: Buffer, firstLine: number): Cut {
  const records: SourceRecord[] = [];
  let line = firstLine;
  let from = 0;
  for (let end = bytes.indexOf(LINE_FEED, from); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
    const record = recordOfLine(bytes.subarray(from, end), line);
    if (record !== undefined) records.push(record);
    from = end + 1;
    line += 1;
  }
  return { records, rest: bytes.subarray(from), nextLine: line };
}

function recordOfLine(bytes: Buffer, line: number): SourceRecord | undefined {
  const text = bytes.toString('utf8');
  const trimmed = (line === 1 ? text.replace(/^\uFEFF/, '') : text).trim();
  if (trimmed === '') return undefined;
  // The text is cut off the bytes of a whole piece: only a bad line is worth a copy, which the reject file gets as it came.
  if (isUtf8(bytes)) return trimmed === text ? { line, text } : { line, text: trimmed, original: text };
  const problem = { code: 'invalid_json', message: 'The line is not UTF-8.' } as const;
  return { line, text: trimmed, original: Buffer.from(bytes), problem };
}

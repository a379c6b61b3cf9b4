import { JsonValueSplitter } from './json-value-splitter.ts';
import type { RecordGroup } from './record.ts';
import { strictUtf8 } from './strict-utf8.ts';

/** One JSON array, one document, or documents one after the other; over as many lines as they like. */
export async function* readJson(input: AsyncIterable<Buffer>): AsyncIterable<RecordGroup> {
  const splitter = new JsonValueSplitter();
  let bytesRead = 0;
  for await (const piece of strictUtf8(input)) {
    bytesRead += Buffer.byteLength(piece);
    yield { records: splitter.push(piece), bytesRead };
  }
  yield { records: splitter.end(), bytesRead };
}

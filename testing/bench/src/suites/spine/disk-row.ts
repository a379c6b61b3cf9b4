import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { documentText } from '../../data/documents.ts';
import type { Row } from '../../harness/row.ts';
import { Aerolith } from '../../peers/aerolith.ts';

const COLLECTION = 'documents';
const CALLERS = 32;

/** Bytes on the disk for a document that was inserted by one of 32 waiting callers, history and ledger included. */
export async function diskRow(folder: string, documents: number): Promise<Row> {
  const data = join(folder, 'disk-data');
  const store = await Aerolith.open(data);
  await store.reset(COLLECTION, true);
  let next = 0;
  let rawBytes = 0;
  const caller = async (): Promise<void> => {
    while (next < documents) {
      const text = documentText(next++);
      rawBytes += Buffer.byteLength(text);
      await store.insert(COLLECTION, text);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  await store.close();
  const bytes = readdirSync(data).reduce((sum, file) => sum + statSync(join(data, file)).size, 0);
  return {
    work: 'disk per document, with history, ledger and 1 index',
    against: 'raw JSON',
    measure: 'size',
    unit: 'B',
    ours: bytes / documents,
    other: rawBytes / documents,
    bound: { floor: 1.8, aim: 1.35 },
  };
}

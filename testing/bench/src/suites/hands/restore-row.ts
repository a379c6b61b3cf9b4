import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backupFolder, restoreBackups } from '@aerolithdb/node';
import { documentText } from '../../data/documents.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import { Aerolith } from '../../peers/aerolith.ts';

const COLLECTION = 'documents';

/**
 * A restore, with all its checks and its sync at the end, against the bulk load that made the same data. The second row restores
 * the ledger alone, which is also what a restore to an earlier height does.
 */
export async function restoreRows(folder: string, documents: number, rounds: number): Promise<Row[]> {
  const data = join(folder, 'to-back-up');
  const texts = Array.from({ length: documents }, (_, n) => documentText(n));
  await bulkLoad(data, texts);
  const [full, ledger] = [join(folder, 'full.backup'), join(folder, 'ledger.backup')];
  await write(full, data);
  await write(ledger, data, 0);
  const figures = await interleave(
    {
      full: () => restore(full, join(folder, 'restored'), documents),
      ledger: () => restore(ledger, join(folder, 'replayed'), documents),
      load: async () => {
        const again = join(folder, 'loaded-again');
        const rate = await bulkLoad(again, texts);
        await rm(again, { recursive: true });
        return rate;
      },
    },
    rounds,
  );
  const shared = { against: 'bulk load of the same', measure: 'rate', unit: 'docs/s', other: figures.load } as const;
  return [
    { ...shared, work: 'restore of a backup', ours: figures.full, bound: { floor: 1, aim: 3 } },
    { ...shared, work: 'restore of the ledger alone, block by block', ours: figures.ledger, bound: { floor: 0.5, aim: 1 } },
  ];
}

async function bulkLoad(folder: string, texts: readonly string[]): Promise<number> {
  const store = await Aerolith.open(folder);
  await store.reset(COLLECTION, true);
  const start = performance.now();
  await store.load(COLLECTION, texts);
  const rate = (texts.length / (performance.now() - start)) * 1000;
  await store.close();
  return rate;
}

async function write(file: string, folder: string, since?: number): Promise<void> {
  for await (const bytes of backupFolder(folder, since)) writeFileSync(file, bytes, { flag: 'a' });
}

async function restore(file: string, folder: string, documents: number): Promise<number> {
  const start = performance.now();
  const restored = await restoreBackups({ backups: [file], folder });
  const rate = (documents / (performance.now() - start)) * 1000;
  if (restored.documents !== documents) throw new Error(`${restored.documents} of ${documents} documents were restored.`);
  await rm(folder, { recursive: true });
  return rate;
}

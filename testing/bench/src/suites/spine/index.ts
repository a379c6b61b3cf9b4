import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Aerolith } from '../../peers/aerolith.ts';
import { BareSqlite } from '../../peers/bare-sqlite.ts';
import { openByHand } from '../../peers/by-hand.ts';
import { Postgres } from '../../peers/postgres.ts';
import { Surreal } from '../../peers/surreal.ts';
import type { Suite } from '../suite.ts';
import { diskRow } from './disk-row.ts';
import { embeddedRows, loadAll } from './embedded-rows.ts';
import { httpRows } from './http-rows.ts';
import { memoryRow } from './memory-row.ts';
import { scanRow } from './scan-row.ts';
import { FULL, QUICK } from './sizes.ts';

const NOTES = [
  'Same documents of about 1,035 B on every side; every acknowledgement is fsynced; caches are warm: the data fits into them.',
  'Bare SQLite: the same documents table and an expression index, no history, no ledger, no page authentication; waiting writers share a transaction of 32.',
];

/** As much as bare SQLite gets, so that the data of the full run fits. The memory row has the default. */
const CACHE_MEGABYTES = 256;

/** One node against what a user would pick instead, and against the physical limit. */
export const spine: Suite = async ({ quick, folder, progress }) => {
  const sizes = quick ? QUICK : FULL;
  chmodSync(folder, 0o755);
  const data = join(folder, 'aerolith');
  mkdirSync(join(folder, 'peers'), { mode: 0o755 });
  const sides = {
    ours: await Aerolith.open(data, { cacheMegabytes: CACHE_MEGABYTES }),
    bare: new BareSqlite(join(folder, 'bare.db')),
    postgres: await Postgres.start(join(folder, 'peers')),
    surreal: await Surreal.start(folder),
  };
  await loadAll(sides, sizes, progress);
  const { rows: embedded, insertRate } = await embeddedRows(sides, sizes, progress);
  progress('scan with a filter, count');
  const byHand = openByHand(data, 'documents', CACHE_MEGABYTES);
  const count = byHand.prepare<number>("SELECT count(*) FROM documents WHERE doc->>'$.score' > ?");
  const scan = await scanRow(sides.ours, (bound) => count(bound)[0]!, sizes.rounds);
  byHand.close();
  for (const side of Object.values(sides)) await side.close();
  const http = await httpRows(folder, { ...sizes, cacheMegabytes: CACHE_MEGABYTES }, insertRate, progress);
  progress('disk per document');
  const rows = [...embedded, scan, ...http, await diskRow(folder, sizes.documents / 4)];
  if (sizes.memoryDocuments === 0) return { rows, notes: [...NOTES, 'The memory row is left out of the quick run.'] };
  const memory = await memoryRow(folder, sizes, progress);
  return { rows: [...rows, memory.row], notes: [...NOTES, memory.note] };
};

import { join } from 'node:path';
import type { Suite } from '../suite.ts';
import { embeddedRow } from './embedded-row.ts';
import { fileRows } from './file-rows.ts';
import { restoreRows } from './restore-row.ts';
import { sdkRow } from './sdk-row.ts';
import { Served } from './served.ts';
import { FULL, QUICK } from './sizes.ts';

const NOTES = [
  'SDK and undici parse the answer into an object; so does the comparison with the engine. Programs of the command line count from their start to their end.',
  'Restore: documents of about 1,035 B with one secondary index, all checks and the sync at the end counted; the bulk load is the embedded one, in batches of 1,000.',
];

/** What its users hold in their hands, against the layer below it. */
export const hands: Suite = async ({ quick, folder, progress }) => {
  const sizes = quick ? QUICK : FULL;
  progress('embedded interface: get by id');
  const embedded = await embeddedRow(join(folder, 'embedded-data'), sizes);
  const served = await Served.start(join(folder, 'served'));
  try {
    progress('SDK: get by id over HTTP');
    const sdk = await sdkRow(served, sizes);
    progress('import and export by the command line');
    const files = await fileRows(served, folder, sizes);
    progress('restore of a backup');
    const restores = await restoreRows(folder, sizes.restored, sizes.rounds);
    return { rows: [sdk, embedded, ...files.rows, ...restores], notes: [...NOTES, ...files.notes] };
  } finally {
    await served.stop();
  }
};

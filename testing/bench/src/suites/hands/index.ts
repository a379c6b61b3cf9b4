import { join } from 'node:path';
import type { Suite } from '../suite.ts';
import { embeddedRow } from './embedded-row.ts';
import { fileRows } from './file-rows.ts';
import { sdkRow } from './sdk-row.ts';
import { Served } from './served.ts';
import { FULL, QUICK } from './sizes.ts';

const NOTES = [
  'SDK and undici parse the answer into an object; so does the comparison with the engine. Programs of the command line count from their start to their end.',
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
    return { rows: [sdk, embedded, ...(await fileRows(served, folder, sizes))], notes: NOTES };
  } finally {
    await served.stop();
  }
};

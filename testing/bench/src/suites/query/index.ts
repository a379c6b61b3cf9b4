import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from '../suite.ts';
import { joined, type Outcome } from './comparison.ts';
import { complexRows } from './complex-rows.ts';
import { countRow } from './count-row.ts';
import { geoRows } from './geo-rows.ts';
import { indexRows } from './index-rows.ts';
import { insertRow } from './insert-row.ts';
import { scanRows } from './scan-rows.ts';
import { CACHE_MEGABYTES, closeScene, openScene } from './scene.ts';
import { FULL, QUICK } from './sizes.ts';
import { textRow } from './text-row.ts';
import { vectorRow } from './vector-row.ts';

const NOTES = [
  'Same documents of about 1,035 B, the same indexes, one caller unless a row says otherwise; answers are compared before they are timed, and both sides give objects.',
  `Caches of ${CACHE_MEGABYTES} MB on every side: the data fits into them. A row of several queries is their geometric mean.`,
];

/** Queries and indexes against what a user would pick instead. */
export const query: Suite = async ({ quick, folder, progress }) => {
  const sizes = quick ? QUICK : FULL;
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'peers'), { mode: 0o755 });
  const scene = await openScene(folder, sizes, progress);
  const outcomes: Outcome[] = [];
  try {
    for (const rows of [scanRows, indexRows, insertRow, textRow, geoRows, complexRows]) outcomes.push(await rows(scene));
  } finally {
    await closeScene(scene);
  }
  outcomes.push(await vectorRow({ folder, sizes, progress }));
  outcomes.push(await countRow({ folder, sizes, progress }));
  const { rows, skipped, notes } = joined(outcomes);
  return { rows, skipped, notes: [...NOTES, ...notes] };
};

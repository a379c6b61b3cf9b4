import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cityTexts } from '../../data/cities.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import { Aerolith } from '../../peers/aerolith.ts';
import { exportRow } from './export-row.ts';
import type { Served } from './served.ts';
import type { Sizes } from './sizes.ts';

/** Files into a running node and out of it, through the command line, each from the start of the program to its end. */
export async function fileRows(
  served: Served,
  folder: string,
  { cities, rounds }: Sizes,
): Promise<{ rows: Row[]; notes: string[] }> {
  const texts = cityTexts(cities);
  const file = join(folder, 'cities.ndjson');
  writeFileSync(file, `${texts.join('\n')}\n`);
  const imported = await importRow(served, folder, file, texts, rounds);
  const { row, note } = await exportRow(served, folder, texts, rounds);
  return { rows: [imported, row], notes: [note] };
}

async function importRow(served: Served, folder: string, file: string, texts: readonly string[], rounds: number): Promise<Row> {
  const embedded = await Aerolith.open(join(folder, 'embedded'));
  let round = 0;
  const load = async (): Promise<number> => {
    await embedded.reset('cities', false);
    const start = performance.now();
    await embedded.load('cities', texts);
    return (texts.length / (performance.now() - start)) * 1000;
  };
  const figures = await interleave(
    { ours: async () => texts.length / (await served.seconds(['import', `cities${++round}`, file])), other: load },
    rounds,
  );
  await embedded.close();
  return {
    work: `import of ${texts.length} cities by the command line`,
    against: 'embedded bulk load',
    measure: 'rate',
    unit: 'docs/s',
    ...figures,
    bound: { floor: 0.5, aim: 0.8 },
  };
}

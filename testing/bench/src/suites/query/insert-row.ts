import { documentText } from '../../data/documents.ts';
import { closedLoop } from '../../harness/closed-loop.ts';
import { interleave } from '../../harness/rounds.ts';
import { Postgres } from '../../peers/postgres.ts';
import { type Outcome, skip } from './comparison.ts';
import { DOCUMENT_INDEXES, indexSql } from './indexes.ts';
import type { Scene } from './scene.ts';

const CALLERS = 32;
const WORK = `insert with 5 indexes (one multikey), ${CALLERS} callers`;
const POSTGRES = 'PostgreSQL 15, same five';
/** Fills the pauses of a disk that other programs share. */
const RUNS = 4;

/** Inserts one by one into a collection that has the indexes from the beginning; every acknowledgement is fsynced. */
export async function insertRow({ ours, postgres, sizes, progress }: Scene): Promise<Outcome> {
  if (!(postgres instanceof Postgres)) return skip(WORK, POSTGRES, postgres.why);
  progress(WORK);
  await ours.reset('written', false);
  for (const index of DOCUMENT_INDEXES) await ours.createIndex('written', index.ours);
  await postgres.reset('written', false);
  await postgres.run(...indexSql('written', DOCUMENT_INDEXES));
  const rate = (insert: (text: string) => Promise<unknown>) => {
    let next = 0;
    return () => closedLoop(CALLERS, RUNS * sizes.runMs, () => insert(documentText(next++)));
  };
  const figures = await interleave(
    { ours: rate((text) => ours.insert('written', text)), other: rate((text) => postgres.insert('written', text)) },
    sizes.rounds,
  );
  const row = {
    work: WORK,
    against: POSTGRES,
    measure: 'rate',
    unit: '/s',
    ...figures,
    bound: { floor: 0.7, aim: 1.5 },
  } as const;
  return { rows: [row], skipped: [], notes: [] };
}

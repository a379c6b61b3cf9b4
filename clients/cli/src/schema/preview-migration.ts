import type { AerolithDatabase } from '@aerolithdb/client';
import { hasCode, type Run } from './bookkeeping.ts';
import { type Call, callSentence, type DataCall, isDataCall } from './call.ts';
import type { Play } from './load-migration.ts';

/** One call that would be made; `documents`: those it would go through as the database is now. */
export type PreviewCall = { readonly call: Call; readonly documents?: number; readonly sentence: string };

/** What one direction of a migration would do, from where its run stands. It writes nothing, and no function of a batch is called. */
export async function previewMigration(
  database: AerolithDatabase,
  play: Play,
  unfinished: Run | undefined,
): Promise<readonly PreviewCall[]> {
  const calls: Call[] = [];
  await play(async (call) => {
    calls.push(call);
  });
  const previews: PreviewCall[] = [];
  for (const call of calls.slice(unfinished?.calls.length ?? 0)) {
    const sentence = callSentence(call);
    if (isDataCall(call)) {
      const documents = await countOf(database, call);
      previews.push({ call, documents, sentence });
    } else previews.push({ call, sentence });
  }
  return previews;
}

/** A collection that a call before this one would make has none yet. */
export async function countOf(database: AerolithDatabase, { collection, filter }: DataCall): Promise<number> {
  try {
    return await database.collection(collection).count(filter);
  } catch (error) {
    if (hasCode(error, 'unknown_collection')) return 0;
    throw error;
  }
}

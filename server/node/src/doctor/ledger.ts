import type { BlockFault, Inspection } from '@aerolithdb/engine/inspect';
import { error, type Finding, fine } from './finding.ts';
import type { OnStep } from './on-step.ts';

const CHECK = 'ledger';
/** Blocks that are walked unless all are asked for: seconds, however long the ledger is. */
export const RECENT_BLOCKS = 1000;
/** Blocks of one state, which holds the write-ahead log back. */
const STEP_BLOCKS = 50;

const FAULTS: Readonly<Record<BlockFault, string>> = {
  missing: 'is missing',
  header: 'has a header that does not fit its place',
  hash: 'does not have the hash of its header',
  link: 'does not link to the block before it',
  body: 'has a body that cannot be read',
  commands: 'holds other commands than its header was made of',
  changes: 'holds other changes than its header was made of',
};

/** Walks the last blocks, or all, from the older to the head: links, hashes, and the commands and changes that they stand for. */
export async function checkLedger(inspection: Inspection, isFull: boolean, onStep: OnStep): Promise<Finding> {
  const { height: head } = inspection.head();
  const first = isFull ? 1 : Math.max(1, head - RECENT_BLOCKS + 1);
  const begun = performance.now();
  for (let from = first; from <= head; from += STEP_BLOCKS) {
    await onStep(CHECK, (from - first) / (head - first + 1));
    const found = inspection.checkBlocks(from, Math.min(head, from + STEP_BLOCKS - 1));
    if (found !== undefined) return faulty(found.height, found.fault, head);
  }
  const figures = { head, blocks: head - first + 1, tookMs: Math.round(performance.now() - begun) };
  if (head === 0) return fine(CHECK, 'there is no block yet', figures);
  const which = first === 1 ? `all ${head} blocks` : `the last ${head - first + 1} of ${head} blocks (--full walks all)`;
  return fine(CHECK, `${which} link up to the head and hold what their hashes say`, figures);
}

function faulty(height: number, fault: BlockFault, head: number): Finding {
  const todo =
    height > 1
      ? `Restore the folder from backups up to block ${height - 1}: aerolith restore BACKUP… --data NEW --height ${height - 1}; or all that a newer whole backup holds. Keep the damaged file.`
      : 'Restore the folder from a backup. Keep the damaged file.';
  return error(CHECK, `block ${height} of ${head} ${FAULTS[fault]}`, todo, { height, fault, head });
}

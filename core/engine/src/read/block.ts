import { AerolithError, type BlockRequest, type Hash, type ReadAnswer, toHex } from '@aerolithdb/protocol';
import type { StoredBlock } from '../ledger/read-block.ts';
import { wholeNumber } from './query-parts.ts';
import type { ReadContext } from './read-context.ts';

/** A block as JSON: its header and hash, who asked for what, and how many changes came of it. Throws `unknown_block`. */
export function block(context: ReadContext, request: BlockRequest): ReadAnswer {
  const height = wholeNumber('height', request.height) ?? 0;
  const found = height === 0 ? undefined : context.blocks.block(height);
  if (found === undefined)
    throw new AerolithError('unknown_block', `There is no block at height ${height}; the log is at ${context.height}.`, {
      height,
      head: context.height,
    });
  return { height: context.height, text: JSON.stringify(describe(found)) };
}

function describe(found: StoredBlock): Record<string, unknown> {
  const { manifest, changeCount } = found.body;
  const commands = manifest.commands.map(({ id, actor, operation }, i) => ({
    id,
    actor,
    type: operation.type,
    ...('collection' in operation ? { collection: operation.collection } : {}),
    outcome: manifest.outcomes[i],
  }));
  return { height: found.height, time: found.time, hash: found.hash, ...hashesOf(found.header), changes: changeCount, commands };
}

const HASH_BYTES = 32;
/** Where the three hashes begin in an encoded header (see `encodeHeader`). */
const HASHES_AT = 20;

function hashesOf(header: Uint8Array): { previousHash: Hash; commandsRoot: Hash; changesHash: Hash } {
  const hash = (i: number) => toHex(header.subarray(HASHES_AT + i * HASH_BYTES, HASHES_AT + (i + 1) * HASH_BYTES));
  return { previousHash: hash(0), commandsRoot: hash(1), changesHash: hash(2) };
}

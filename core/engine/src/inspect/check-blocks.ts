import { hash as digest } from 'node:crypto';
import { encodeCommand, type Hash, ZERO_HASH } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { roots } from '../apply/root-hasher.ts';
import { decodeHeader } from '../ledger/decode-header.ts';
import { restoreCommand } from '../ledger/kept-command.ts';
import { readBlock, type StoredBlock } from '../ledger/read-block.ts';
import { blockChanges } from '../read/block-changes.ts';

/**
 * - `missing`: there is no block at this height.
 * - `header`: the header does not read, or names another height or time than the ledger.
 * - `hash`: the block hash is not that of its header.
 * - `link`: the header does not name the hash of the block before.
 * - `body`: the body does not read.
 * - `commands`, `changes`: the body holds others than the header was made of.
 */
export type BlockFault = 'missing' | 'header' | 'hash' | 'link' | 'body' | 'commands' | 'changes';

export type LedgerFault = { readonly height: number; readonly fault: BlockFault };

/** The first of the blocks from `from` to `to`, both included, that is not what its neighbours and its own hashes say. `from` is at least 1. */
export function checkBlocks(connection: Connection, from: number, to: number): LedgerFault | undefined {
  let before = from === 1 ? ZERO_HASH : storedHash(connection, from - 1);
  for (let height = from; height <= to; height += 1) {
    const fault = before === undefined ? 'link' : checkBlock(connection, height, before);
    if (fault !== undefined) return { height, fault };
    before = storedHash(connection, height);
  }
  return undefined;
}

function storedHash(connection: Connection, height: number): Hash | undefined {
  const sql = 'SELECT lower(hex(hash)) FROM blocks WHERE height = ?';
  return connection.prepare<string>(sql, 'pluck').get(height);
}

function checkBlock(connection: Connection, height: number, before: Hash): BlockFault | undefined {
  const block = readable(() => readBlock(connection, height));
  if (block === 'unreadable') return 'body';
  if (block === undefined) return 'missing';
  const header = decodeHeader(Buffer.from(block.header));
  if (header === undefined || header.height !== height || header.time !== block.time) return 'header';
  if (digest('sha256', block.header, 'hex') !== block.hash) return 'hash';
  if (header.previousHash !== before) return 'link';
  const commandsRoot = readable(() => commandsRootOf(block));
  const changesHash = readable(() => changesHashOf(block));
  if (commandsRoot === 'unreadable' || changesHash === 'unreadable') return 'body';
  if (commandsRoot !== header.commandsRoot) return 'commands';
  return changesHash === header.changesHash ? undefined : 'changes';
}

/** Damage shows as any error of what decompresses and parses: each means the same. */
function readable<T>(read: () => T): T | 'unreadable' {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && !('code' in error && String(error.code).startsWith('SQLITE_'))) return 'unreadable';
    throw error;
  }
}

function commandsRootOf({ body }: StoredBlock): Hash {
  const commands = body.manifest.commands.map((kept) => restoreCommand(kept, (index) => body.frame(index)));
  return roots.ofLeaves(commands.map((command) => roots.leafOf(encodeCommand(command))));
}

function changesHashOf(block: StoredBlock): Hash {
  const hashes = [...blockChanges(block)].map(({ hash }) => hash);
  return digest('sha256', Buffer.from(hashes.join(''), 'hex'), 'hex');
}

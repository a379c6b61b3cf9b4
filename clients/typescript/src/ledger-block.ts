import type { ReadAnswer } from '@aerolithdb/protocol';
import { plainOf } from './values.ts';

/** A command of a block: who asked for what, and what came of it, `ok`, `repeated` or the code of an error. */
export type BlockCommand = {
  readonly id: string;
  readonly actor: string;
  readonly type: string;
  readonly collection?: string;
  readonly outcome: string;
};

/** A block of the ledger. Hashes are hexadecimal SHA-256. */
export type LedgerBlock = {
  readonly height: number;
  readonly time: Date;
  readonly hash: string;
  readonly previousHash: string;
  readonly commandsRoot: string;
  readonly changesRoot: string;
  /** How many changes it holds. */
  readonly changes: number;
  readonly commands: readonly BlockCommand[];
};

export function blockOf({ text = '{}' }: ReadAnswer): LedgerBlock {
  const plain = plainOf<Omit<LedgerBlock, 'time'> & { readonly time: number }>(text);
  return { ...plain, time: new Date(plain.time) };
}

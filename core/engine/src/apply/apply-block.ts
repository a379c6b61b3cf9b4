import type { Block, Head, Outcome } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import { applyCommand } from './apply-command.ts';
import { BlockContext } from './block-context.ts';
import type { CatalogueState } from './catalogue-state.ts';
import type { CommandWindow } from './command-window.ts';
import { renewStatistics } from './renew-statistics.ts';
import { type SealedCommand, sealBlock } from './seal-block.ts';

/** What the writer keeps in memory, all of it derived from the file. */
export type WriterState = { readonly catalogue: CatalogueState; readonly window: CommandWindow };

/** Applies the commands in their order and writes the block, in the open transaction. A throw leaves memory and file to be undone. */
export function applyBlock(
  connection: WriterConnection,
  state: WriterState,
  block: Block,
): { readonly outcomes: Outcome[]; readonly head: Head } {
  const context = new BlockContext(connection, state.catalogue, block);
  const applied: SealedCommand[] = [];
  for (const command of block.commands) {
    const first = context.changes.length;
    const { outcome, leaf } = applyCommand(context, state.window, command);
    applied.push({ outcome, leaf, first, end: context.changes.length });
  }
  const head = sealBlock(context, block, applied, state.window.endBlock(block.height));
  for (const collection of context.touched) {
    if (state.catalogue.findCollection(collection.record.name) !== collection) continue;
    renewStatistics(connection, state.catalogue, collection);
    state.catalogue.saveCounters(collection);
  }
  return { outcomes: applied.map(({ outcome }) => outcome), head };
}

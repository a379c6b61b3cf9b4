import { NotImplemented } from '@aerolithdb/protocol';
import type { RunningDatabase } from './node.ts';
import type { NodeOptions } from './options.ts';

export type EmbeddedOptions = Partial<
  Pick<NodeOptions, 'readers' | 'readTimeoutMs' | 'waitingReads' | 'waitingCommands' | 'waitingMegabytes'>
>;

/** Opens a folder in this process, without network. Throws what `startNode` throws of the folder. */
export async function openDatabase(_folder: string, _options: EmbeddedOptions = {}): Promise<RunningDatabase> {
  throw new NotImplemented('openDatabase');
}

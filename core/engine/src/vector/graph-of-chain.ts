import type { Connection } from '@aerolithdb/storage';
import type { GraphManifest } from './graph-file.ts';

/** Whether the graph was made out of the chain of blocks that the connection sees, which has come as far as the graph. */
export function isOfChain(connection: Connection, { height, blockHash }: GraphManifest): boolean {
  const hash = connection.prepare<Buffer>('SELECT hash FROM blocks WHERE height = ?', 'pluck').get(height);
  return hash !== undefined && hash.toString('hex') === blockHash;
}

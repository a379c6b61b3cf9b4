import { NotImplemented } from '@aerolithdb/protocol';
import type { Node } from './node.ts';
import type { NodeOptions } from './options.ts';

/**
 * Starts one node: folder, writer, readers, door, HTTP; resolves when it answers. Options that are absent have their defaults.
 * Throws `data_in_use`, `data_foreign`, `data_newer`, `port_in_use`, `insecure_bind`, `invalid_configuration`,
 * `storage_corrupt`, `storage_failed`, `not_implemented`.
 */
export async function startNode(_options: Partial<NodeOptions> = {}): Promise<Node> {
  throw new NotImplemented('startNode');
}

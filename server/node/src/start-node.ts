import { randomBytes } from 'node:crypto';
import { provideAdminKey } from './admin-key.ts';
import { assertBuilt, assertPrivate, readTls } from './listening-rules.ts';
import type { Node } from './node.ts';
import { openDatabase } from './open-database.ts';
import type { NodeOptions } from './options.ts';
import { readOptions } from './read-options.ts';
import { RunningNode } from './running-node.ts';

/**
 * Starts one node: folder, writer, readers, door, HTTP; resolves when it answers. Options that are absent have their defaults.
 * It stops in the opposite order: HTTP first, the folder last.
 * Throws `data_in_use`, `data_foreign`, `data_newer`, `port_in_use`, `insecure_bind`, `invalid_configuration`,
 * `storage_corrupt`, `storage_failed`, `storage_full`, `not_implemented`.
 */
export async function startNode(given: Partial<NodeOptions> = {}): Promise<Node> {
  const options: NodeOptions = { ...readOptions(), ...given };
  assertBuilt(options);
  const tls = readTls(options);
  if (options.http !== 'off') assertPrivate(options.http, tls);
  // HTTP's code loads while the writer's thread starts; an embedded database never loads it.
  const loading = options.http === 'off' ? undefined : import('@aerolithdb/api');
  const running = await openDatabase(options.data, options);
  try {
    const adminKey = await provideAdminKey(running.database, running.folder, randomBytes);
    if (options.http === 'off' || loading === undefined) return new RunningNode(running, options, adminKey, undefined);
    const api = await loading;
    const rest = await api.RestServer.start({ database: running.database, ...options.http, ...(tls !== undefined && { tls }) });
    return new RunningNode(running, options, adminKey, rest);
  } catch (thrown) {
    await running.close();
    throw thrown;
  }
}

import { randomBytes } from 'node:crypto';
import { provideAdminKey } from './admin-key.ts';
import { assertBuilt, assertPrivate, readTls } from './listening-rules.ts';
import type { Node } from './node.ts';
import { NodeLog } from './node-log.ts';
import { openDatabase } from './open-database.ts';
import type { NodeOptions } from './options.ts';
import { readOptions } from './read-options.ts';
import { RunningNode } from './running-node.ts';

export type StartParts = {
  /** Takes the lines of the log; the error stream unless given. */
  readonly writeLog?: (line: string) => void;
};

/**
 * Starts one node: folder, writer, readers, door, HTTP; resolves when it answers. Options that are absent have their defaults.
 * It stops in the opposite order: HTTP first, the folder last.
 * Throws `data_in_use`, `data_foreign`, `data_newer`, `port_in_use`, `insecure_bind`, `invalid_configuration`,
 * `storage_corrupt`, `storage_failed`, `storage_full`, `not_implemented`.
 */
export async function startNode(given: Partial<NodeOptions> = {}, { writeLog = writeToErrors }: StartParts = {}): Promise<Node> {
  const options: NodeOptions = { ...readOptions(), ...given };
  assertBuilt(options);
  const tls = readTls(options);
  if (options.http !== 'off') assertPrivate(options.http, tls);
  // HTTP's code loads while the writer's thread starts; an embedded database never loads it.
  const loading = options.http === 'off' ? undefined : import('@aerolithdb/api');
  const log = new NodeLog({
    level: options.logLevel,
    format: options.logFormat,
    isTerminal: process.stderr.isTTY === true,
    write: writeLog,
    now: Date.now,
  });
  const running = await openDatabase(options.data, options, (read) => log.say('warn', 'slow_read', read));
  try {
    const adminKey = await provideAdminKey(running.database, running.folder, randomBytes);
    if (options.http === 'off' || loading === undefined)
      return new RunningNode({ running, options, adminKey, rest: undefined, log });
    const api = await loading;
    const rest = await api.RestServer.start({
      database: running.database,
      ...options.http,
      ...(tls !== undefined && { tls }),
      onFault: (error, request) => log.say('error', 'fault', { ...request, error: faultText(error) }),
      onRefusedLogin: (request) => log.say('warn', 'refused_login', request),
    });
    return new RunningNode({ running, options, adminKey, rest, log });
  } catch (thrown) {
    await running.close();
    throw thrown;
  }
}

function writeToErrors(line: string): void {
  process.stderr.write(line);
}

/** With the stack: a fault is the program's own, and whoever mends it needs the place. */
function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

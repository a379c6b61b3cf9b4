import { randomBytes } from 'node:crypto';
import { provideAdminKey } from './admin-key.ts';
import type { HttpOptions } from './doors/http-doors.ts';
import { assertBuilt, assertPrivate, readTls } from './listening-rules.ts';
import type { Node } from './node.ts';
import { NodeLog } from './node-log.ts';
import { openForDoors } from './open-database.ts';
import type { NodeOptions } from './options.ts';
import { readOptions } from './read-options.ts';
import { RunningNode } from './running-node.ts';

export type StartParts = {
  /** Takes the lines of the log; the error stream unless given. */
  readonly writeLog?: (line: string) => void;
  /** What HTTP takes beside the options of a node; `onFault` is told besides the log. */
  readonly http?: Partial<Pick<HttpOptions, 'limits' | 'cors' | 'onFault'>>;
};

/**
 * Starts one node: folder, writer, readers, door, HTTP; resolves when it answers. Options that are absent have their defaults.
 * It stops in the opposite order: HTTP first, the folder last.
 * Throws `data_in_use`, `data_foreign`, `data_newer`, `port_in_use`, `insecure_bind`, `invalid_configuration`,
 * `storage_corrupt`, `storage_failed`, `storage_full`, `not_implemented`.
 */
export async function startNode(
  given: Partial<NodeOptions> = {},
  { writeLog = writeToErrors, http }: StartParts = {},
): Promise<Node> {
  const options: NodeOptions = { ...readOptions(), ...given };
  assertBuilt(options);
  const tls = readTls(options);
  if (options.http !== 'off') assertPrivate(options.http, tls);
  // HTTP's code loads while the writer's thread starts; an embedded database never loads it.
  const loading = options.http === 'off' ? undefined : import('./doors/http-doors.ts');
  const log = new NodeLog({
    level: options.logLevel,
    format: options.logFormat,
    isTerminal: process.stderr.isTTY === true,
    write: writeLog,
    now: Date.now,
  });
  const threads = threadsFor(options, log);
  const running = await openForDoors(options.data, options, {
    doors: threads,
    onSlowRead: (read) => log.say('warn', 'slow_read', read),
  });
  try {
    const { database, folder, share } = running;
    const adminKey = await provideAdminKey(database, folder, randomBytes);
    if (options.http === 'off' || loading === undefined)
      return new RunningNode({ running, options, adminKey, doors: undefined, log });
    const { HttpDoors } = await loading;
    const doors = await HttpDoors.start({
      database,
      share,
      threads,
      http: { ...http, ...options.http, ...(tls !== undefined && { tls }), ...eventsFor(log, http?.onFault) },
      onLost: (lost) => log.say('error', 'http_thread_lost', lost),
    });
    return new RunningNode({ running, options, adminKey, doors, log });
  } catch (thrown) {
    await running.close();
    throw thrown;
  }
}

/** Several sockets share an address on Linux alone (SO_REUSEPORT). */
function threadsFor({ http, httpThreads }: NodeOptions, log: NodeLog): number {
  if (http === 'off') return 1;
  if (httpThreads === 1 || process.platform === 'linux') return httpThreads;
  log.say('warn', 'one_http_thread', { asked: httpThreads, why: 'only on Linux can threads share an address' });
  return 1;
}

function eventsFor(
  log: NodeLog,
  onFault: HttpOptions['onFault'] = () => undefined,
): Pick<HttpOptions, 'onFault' | 'onRefusedLogin'> {
  return {
    onFault: (error, request) => {
      log.say('error', 'fault', { ...request, error: faultText(error) });
      onFault(error, request);
    },
    onRefusedLogin: (request) => log.say('warn', 'refused_login', request),
  };
}

function writeToErrors(line: string): void {
  process.stderr.write(line);
}

/** With the stack: a fault is the program's own, and whoever mends it needs the place. */
function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

import { randomBytes } from 'node:crypto';
import { Database } from '@aerolithdb/database';
import { Reader } from '@aerolithdb/engine/read';
import { Backups } from './backup/backups.ts';
import { openDataFolder, storageFigures } from './data-folder.ts';
import { Exports } from './exporting/exports.ts';
import { LogClient, type LogLimits } from './log-client.ts';
import type { RunningDatabase, RunningLimits } from './node.ts';
import type { NodeOptions } from './options.ts';
import { readOptions } from './read-options.ts';
import { ReaderPool, type ReaderPoolLimits } from './reader-pool.ts';
import { type OnSlowRead, SlowReads } from './slow-reads.ts';
import { TurnReader } from './turn-reader.ts';
import { Upkeep } from './upkeep.ts';
import { VERSION } from './version.ts';
import { catalogued } from './wire-error.ts';

export type EmbeddedOptions = Partial<RunningLimits & Pick<NodeOptions, 'cacheMegabytes' | 'expiryMs'>>;

/**
 * Opens a folder in this process, without network; makes it when there is none.
 * Throws `data_in_use`, `data_foreign`, `data_newer`, `storage_corrupt`, `storage_failed`, `storage_full`.
 *
 * @example
 * await using db = await openDatabase('./data');
 * await db.database.execute(db.session, { type: 'createCollection', collection: 'cities', options: {} });
 */
export async function openDatabase(
  path: string,
  options: EmbeddedOptions = {},
  onSlowRead: OnSlowRead = () => undefined,
): Promise<RunningDatabase> {
  const folder = openDataFolder(path);
  try {
    return await open(folder.path, { ...readOptions(), ...options }, folder.release, onSlowRead);
  } catch (thrown) {
    folder.release();
    throw catalogued(thrown);
  }
}

async function open(folder: string, options: NodeOptions, release: () => void, onSlowRead: OnSlowRead): Promise<RunningDatabase> {
  const cacheBytes = options.cacheMegabytes * MEBIBYTE;
  const log = await LogClient.start({ folder, engine: { cacheBytes: 2 * cacheBytes }, ...logLimits(options) });
  const slowReads = new SlowReads(options.slowReadMs, Date.now, onSlowRead);
  const onRead = slowReads.record.bind(slowReads);
  const pool = new ReaderPool({ folder, reader: { cacheBytes }, onRead, ...readLimits(options) });
  const reader = new TurnReader(Reader.open(folder, { cacheBytes }), log);
  const backups = new Backups(folder, VERSION);
  const exports = new Exports(folder);
  const database = new Database({
    log,
    reader,
    pool,
    backups,
    exports,
    now: Date.now,
    randomBytes,
    slowReads: () => slowReads.list(),
    storageFigures: () => storageFigures(folder),
    onIndexes: () => upkeep.wake(),
    version: VERSION,
  });
  const upkeep = new Upkeep({ log, reader, now: Date.now, everyMs: options.expiryMs });
  const closeAll = async () => {
    await upkeep.close();
    database.close();
    await backups.close();
    await exports.close();
    await log.close();
    await pool.close();
    reader.close();
    release();
  };
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll();
    return closing;
  };
  const setLimits = (limits: RunningLimits) => {
    log.setLimits(logLimits(limits));
    pool.setLimits(readLimits(limits));
    slowReads.slowMs = limits.slowReadMs;
  };
  return { database, session: database.localSession(), folder, setLimits, close, [Symbol.asyncDispose]: close };
}

const MEBIBYTE = 1_048_576;

function logLimits({ waitingCommands, waitingMegabytes }: RunningLimits): LogLimits {
  return { waitingCommandsMax: waitingCommands, waitingBytesMax: waitingMegabytes * MEBIBYTE };
}

function readLimits({ readers, readTimeoutMs, waitingReads }: RunningLimits): ReaderPoolLimits {
  return { threads: readers, timeoutMs: readTimeoutMs, waitingMax: waitingReads };
}

import { randomBytes } from 'node:crypto';
import { Database, LocalSecretChecks, PrincipalRevision, type ReadProfile } from '@aerolithdb/database';
import { Reader } from '@aerolithdb/engine/read';
import type { ReadRequest } from '@aerolithdb/protocol';
import { Backups } from './backup/backups.ts';
import { openDataFolder, storageFigures } from './data-folder.ts';
import type { DoorServices } from './doors/door-services.ts';
import type { DoorShare } from './doors/door-share.ts';
import { EndableReads } from './endable-reads.ts';
import { endedRead, timedOutRead } from './ended-read.ts';
import { Exports } from './exporting/exports.ts';
import { LogClient, type LogLimits } from './log-client.ts';
import type { RunningDatabase, RunningLimits } from './node.ts';
import type { NodeOptions } from './options.ts';
import { readOptions } from './read-options.ts';
import { ReadProfiler } from './read-profiler.ts';
import type { FollowedRead } from './reader-messages.ts';
import { ReaderPool, type ReaderPoolLimits } from './reader-pool.ts';
import { type OnSlowRead, SlowReads } from './slow-reads.ts';
import { LocalStreamSlots } from './streaming/stream-slots.ts';
import { TurnReader } from './turn-reader.ts';
import { Upkeep } from './upkeep.ts';
import { VectorGraphs } from './vector-graphs.ts';
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
export function openDatabase(path: string, options: EmbeddedOptions = {}): Promise<RunningDatabase> {
  return openForDoors(path, { ...readOptions(), ...options }, { doors: 1, onSlowRead: () => undefined });
}

/** A database, and what other doors to it need. */
export type SharedDatabase = RunningDatabase & { readonly share: DoorShare };

/** As `openDatabase`; `doors`: how many share the page cache for reads by id. */
export async function openForDoors(path: string, options: NodeOptions, wanted: DoorsWanted): Promise<SharedDatabase> {
  const folder = openDataFolder(path);
  try {
    return await open(folder.path, options, folder.release, wanted);
  } catch (thrown) {
    folder.release();
    throw catalogued(thrown);
  }
}

type DoorsWanted = { readonly doors: number; readonly onSlowRead: OnSlowRead };

async function open(folder: string, options: NodeOptions, release: () => void, wanted: DoorsWanted): Promise<SharedDatabase> {
  const cacheBytes = options.cacheMegabytes * MEBIBYTE;
  const log = await LogClient.start({ folder, engine: { cacheBytes: 2 * cacheBytes }, ...logLimits(options) });
  const slowReads = new SlowReads(options.slowReadMs, Date.now, wanted.onSlowRead);
  const profiler = new ReadProfiler(Date.now);
  const onRead = (followed: FollowedRead, waitMs: number) => {
    const read = endedRead(followed, waitMs);
    slowReads.record(read);
    profiler.record(read, followed.standsFor);
  };
  const onTimeout = (request: ReadRequest, ms: number) => slowReads.record(timedOutRead(request, ms));
  const heapMegabytes = options.readMemoryMegabytes;
  const pool = new ReaderPool({ folder, reader: { cacheBytes, heapMegabytes }, onRead, onTimeout, ...readLimits(options) });
  const profile = () => profiler.profile(slowReads.recent());
  const services = servicesOf({ pool, slowReads, profile, wakeUpkeep: () => upkeep.wake() });
  const share = shareOf(folder, log, services, Math.floor(cacheBytes / wanted.doors));
  const { startedAt } = share;
  const reader = new TurnReader(Reader.open(folder, { cacheBytes: share.cacheBytes }), log);
  const backups = new Backups(folder, VERSION, services);
  const exports = new Exports(folder, services);
  const graphs = new VectorGraphs({ folder, log, catalogue: () => reader.catalogue() });
  const database = new Database({
    log,
    reader,
    pool,
    backups,
    exports,
    now: Date.now,
    randomBytes,
    slowReads: services.slowReads,
    profile: services.profile,
    storageFigures: () => storageFigures(folder),
    onIndexes: () => upkeep.wake(),
    version: VERSION,
    principals: new PrincipalRevision(share.principals),
    secrets: services,
    startedAt,
  });
  const upkeep = new Upkeep({ log, reader, now: Date.now, everyMs: options.expiryMs });
  const closeAll = async () => {
    await upkeep.close();
    database.close();
    await graphs.close();
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
  return { database, session: database.localSession(), folder, share, setLimits, close, [Symbol.asyncDispose]: close };
}

const MEBIBYTE = 1_048_576;

function logLimits({ waitingCommands, waitingMegabytes }: RunningLimits): LogLimits {
  return { waitingCommandsMax: waitingCommands, waitingBytesMax: waitingMegabytes * MEBIBYTE };
}

function readLimits({ readers, readTimeoutMs, waitingReads, slowReadMs }: RunningLimits): ReaderPoolLimits {
  return { threads: readers, timeoutMs: readTimeoutMs, waitingMax: waitingReads, slowMs: slowReadMs };
}

type Watched = {
  readonly pool: ReaderPool;
  readonly slowReads: SlowReads;
  readonly profile: () => ReadProfile;
  readonly wakeUpkeep: () => void;
};

function servicesOf({ pool, slowReads, profile, wakeUpkeep }: Watched): DoorServices {
  const secrets = new LocalSecretChecks(Date.now);
  const slots = new LocalStreamSlots();
  const reads = new EndableReads(pool);
  return {
    read: (request, token) => reads.read(request, token),
    endRead: async (token) => reads.end(token),
    wakeUpkeep: async () => wakeUpkeep(),
    slowReads: async () => slowReads.list(),
    profile: async () => profile(),
    attempt: (key) => secrets.attempt(key),
    forget: (key) => secrets.forget(key),
    hash: (password, salt) => secrets.hash(password, salt),
    matches: (password, phc) => secrets.matches(password, phc),
    takeSlot: (kind) => slots.takeSlot(kind),
    giveSlot: (kind) => slots.giveSlot(kind),
  };
}

function shareOf(folder: string, log: LogClient, services: DoorServices, cacheBytes: number): DoorShare {
  return { folder, log, services, principals: PrincipalRevision.memory(), startedAt: Date.now(), cacheBytes };
}

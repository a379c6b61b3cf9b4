import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AerolithDatabase, type DatabaseOptions, type Transport } from '@aerolithdb/client';
import { openDatabase } from '@aerolithdb/node';
import { LocalTransport } from './local-transport.ts';

export type OpenOptions = DatabaseOptions & {
  /** Threads that answer queries; 1 when absent. */
  readonly readers?: number;
  /** Pages that each connection keeps in memory, in MiB: one a reader thread and one for reads by id; the writer keeps twice as much. Default 32. */
  readonly cacheMegabytes?: number;
  /** Milliseconds that one read may take; 30,000 when absent. */
  readonly readTimeoutMs?: number;
  /** Milliseconds after which a read is remembered as slow; 500 when absent. */
  readonly slowReadMs?: number;
  /** Milliseconds between two looks for documents that have expired; 10,000 when absent. */
  readonly expiryMs?: number;
  /** Reads that may wait for a thread, commands that may wait for the log, and their MiB; more are refused with `overloaded`. */
  readonly waitingReads?: number;
  readonly waitingCommands?: number;
  readonly waitingMegabytes?: number;
};

/** A database that runs in this process. It has all that `AerolithClient` has. */
export class EmbeddedDatabase extends AerolithDatabase {
  /** Absolute path of its folder. */
  readonly folder: string;

  constructor(folder: string, transport: Transport, options: DatabaseOptions) {
    super(transport, options);
    this.folder = folder;
  }
}

/** In place of a folder: a temporary one, which is removed when the database is closed. */
const TEMPORARY = ':memory:';

/**
 * Opens a folder in this process; makes it when there is none. `:memory:` stands for a temporary folder on the disk that is removed
 * when the database is closed: for tests, with the same durability and speed as any other.
 * Throws `data_in_use` when another process has the folder, `data_foreign`, `data_newer`, `storage_corrupt`, `storage_failed`,
 * `storage_full`.
 *
 * @example
 * await using db = await open('./data');
 * const cities = db.collection<{ name: string; population: number }>('cities');
 * const largest = await cities.find().sort({ population: -1 }).limit(5).toArray();
 */
export async function open(folder: string, options: OpenOptions = {}): Promise<EmbeddedDatabase> {
  if (folder !== TEMPORARY) return openFolder(folder, options, async () => undefined);
  const temporary = await mkdtemp(join(tmpdir(), 'aerolith-'));
  const remove = () => rm(temporary, { recursive: true, force: true });
  try {
    return await openFolder(temporary, options, remove);
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

async function openFolder(path: string, options: OpenOptions, release: () => Promise<void>): Promise<EmbeddedDatabase> {
  const running = await openDatabase(path, options);
  return new EmbeddedDatabase(running.folder, new LocalTransport(running, release), options);
}

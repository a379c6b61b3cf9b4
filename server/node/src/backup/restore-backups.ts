import { createWriteStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackupReader, type Part, planRestore, type RestoreStep, RestoreTarget, type Until } from '@aerolithdb/engine/backup';
import type { CatalogueView } from '@aerolithdb/engine/read';
import { AerolithError, type Head } from '@aerolithdb/protocol';
import { catalogued } from '../wire-error.ts';
import { type CheckedBackup, checkBackup, piecesOf } from './check-backup.ts';
import { copyAdminKey } from './copy-admin-key.ts';
import { RestoreFolder } from './restore-folder.ts';

export type RestoreOptions = {
  /** A full backup and what continues it, in order: names of files, at most one of them a stream. */
  readonly backups: readonly (string | Readable)[];
  /** Must be empty or not be there. */
  readonly folder: string;
  /** Where to end; absent: at the end of the last backup. */
  readonly until?: Until;
  /** File with the admin key, to be put into the folder; it must be the one that the backup knows. */
  readonly adminKey?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
};

export type RestoreProgress = {
  readonly stage: 'checking' | 'restoring';
  readonly bytes: number;
  /** Of all backups; unknown while a stream is being read. */
  readonly totalBytes: number | undefined;
};

export type Restored = {
  /** Absolute path. */
  readonly folder: string;
  readonly head: Head;
  readonly collections: number;
  readonly documents: number;
};

const STREAM_NAME = 'standard input';
const RECEIVED = 'received.backup';

/**
 * Makes a data folder out of backups. Every byte of them is checked before the folder or anything beside it is made; a stream
 * is received into a file beside the folder first. The folder appears when it is whole; after a failure nothing of it is left.
 *
 * Throws `data_exists`, `backup_foreign`, `backup_newer`, `backup_damaged`, `backup_mismatch`, `invalid_position`, `storage_full`,
 * `storage_failed`, what the file system throws, and the reason of the signal.
 */
export async function restoreBackups(options: RestoreOptions): Promise<Restored> {
  const folder = RestoreFolder.at(options.folder);
  try {
    const checked = await checkAll(options, folder);
    const steps = planRestore(checked, options.until);
    const { head, collections, principals } = await build(checked, steps, options, folder.work);
    assertNotEmpty(head, options.until);
    if (options.adminKey !== undefined) copyAdminKey(options.adminKey, folder.work, principals);
    rmSync(join(folder.work, RECEIVED), { force: true });
    folder.complete();
    const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
    return { folder: folder.path, head, collections: collections.length, documents };
  } finally {
    folder.discard();
  }
}

async function checkAll(options: RestoreOptions, folder: RestoreFolder): Promise<CheckedBackup[]> {
  const { backups, signal } = options;
  const files = backups.filter((backup) => typeof backup === 'string');
  const total = files.length < backups.length ? undefined : bytesOf(files);
  const onBytes = counter(options, 'checking', total);
  const checked: CheckedBackup[] = [];
  for (const backup of backups) {
    const isFile = typeof backup === 'string';
    const file = isFile ? backup : join(folder.work, RECEIVED);
    if (!isFile) await pipeline(backup, createWriteStream(file, { mode: 0o600 }), { ...(signal !== undefined && { signal }) });
    checked.push(await checkBackup(file, { name: isFile ? file : STREAM_NAME, signal, onBytes }));
  }
  return checked;
}

type Built = CatalogueView & { readonly head: Head };

async function build(
  checked: readonly CheckedBackup[],
  steps: readonly RestoreStep[],
  options: RestoreOptions,
  work: string,
): Promise<Built> {
  const target = RestoreTarget.open(work);
  try {
    const onBytes = counter(options, 'restoring', bytesOf(checked.map(({ file }) => file)));
    for (const [index, backup] of checked.entries()) {
      const goesOn = await take(target, backup, steps[index]!, { ...options, onBytes });
      if (!goesOn) break;
    }
    const built = { head: target.head, ...target.catalogue() };
    await target.finish();
    return built;
  } catch (thrown) {
    target.abandon();
    throw thrown instanceof Error && thrown.name === 'AbortError' ? thrown : catalogued(thrown);
  }
}

type Taking = Pick<RestoreOptions, 'until' | 'signal'> & { readonly onBytes: (bytes: number) => void };

/** False when the end that was asked for is reached. */
async function take(target: RestoreTarget, backup: CheckedBackup, step: RestoreStep, options: Taking): Promise<boolean> {
  if (step === 'skip') return true;
  const { name, file } = backup;
  const reader = new BackupReader({ name, wants: ({ kind }) => step === 'load' || kind === 'blocks' });
  for await (const piece of piecesOf(file, options)) {
    for (const part of reader.read(piece)) if (!takePart(target, part, name, step, options.until)) return false;
  }
  reader.end();
  return true;
}

function takePart(target: RestoreTarget, part: Part, name: string, step: RestoreStep, until: Until): boolean {
  if (step === 'replay') return part.head.kind !== 'blocks' || target.replay(part, name, until);
  target.load(part, name);
  return true;
}

/** By time, only the blocks tell whether there was anything. */
function assertNotEmpty({ height }: Head, until: Until): void {
  if (height > 0 || until === undefined) return;
  throw new AerolithError('invalid_position', 'Nothing was written by the time that was asked for. Choose a later one.', {
    ...until,
  });
}

function counter(options: RestoreOptions, stage: RestoreProgress['stage'], totalBytes: number | undefined) {
  let bytes = 0;
  return (more: number): void => {
    bytes += more;
    options.onProgress?.({ stage, bytes, totalBytes });
  };
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

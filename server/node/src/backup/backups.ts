import { randomUUID } from 'node:crypto';
import type { BackupRequest, BackupSource, RunningBackup } from '@aerolithdb/database';
import { logClosed } from '@aerolithdb/log';
import { AerolithError } from '@aerolithdb/protocol';
import { catalogued } from '../wire-error.ts';
import { LiveBackup } from './live-backup.ts';
import { SpoolFile } from './spool-file.ts';

/** Backups that may be made at once: each holds a snapshot for a while, and takes room on the disk. */
const BACKUPS_AT_ONCE = 2;

/** The backups of a node that runs. */
export class Backups implements BackupSource {
  readonly #folder: string;
  readonly #program: string;
  readonly #running = new Set<LiveBackup>();
  #isClosed = false;

  constructor(folder: string, program: string) {
    this.#folder = folder;
    this.#program = program;
  }

  async begin({ since: height, signal }: BackupRequest): Promise<RunningBackup> {
    if (this.#isClosed) throw logClosed();
    if (this.#running.size >= BACKUPS_AT_ONCE) throw overloaded();
    const setup = {
      folder: this.#folder,
      takenAt: Date.now(),
      program: this.#program,
      ...(height !== undefined && { since: height }),
    };
    const backup = new LiveBackup(setup, this.#spool(), () => this.#running.delete(backup));
    this.#running.add(backup);
    const { head, since: point } = await backup.begun();
    const since = point !== undefined && { since: point };
    return { head, ...since, bytes: backup.bytes(signal), close: () => backup.close() };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#running].map((backup) => backup.close()));
  }

  #spool(): SpoolFile {
    try {
      return SpoolFile.create(this.#folder, `backup-${randomUUID()}.spool`);
    } catch (thrown) {
      throw catalogued(thrown);
    }
  }
}

function overloaded(): AerolithError {
  const message = `${BACKUPS_AT_ONCE} backups are being made; wait for one to end.`;
  return new AerolithError('overloaded', message, { limit: 'backupsAtOnce' });
}

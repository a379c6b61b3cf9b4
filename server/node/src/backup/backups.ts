import type { BackupRequest, BackupSource, RunningBackup } from '@aerolithdb/database';
import type { About } from '@aerolithdb/engine/backup';
import { programUrl } from '../program-url.ts';
import type { StreamSlots } from '../streaming/stream-slots.ts';
import { StreamThreads } from '../streaming/stream-threads.ts';
import type { BackupJob } from './backup-job.ts';

/** The backups of a node that runs. */
export class Backups implements BackupSource {
  readonly #folder: string;
  readonly #program: string;
  readonly #threads: StreamThreads<BackupJob, About>;

  constructor(folder: string, program: string, slots: StreamSlots) {
    this.#folder = folder;
    this.#program = program;
    const thread = programUrl('backup-thread', import.meta.url);
    this.#threads = new StreamThreads({ folder, program: thread, kind: 'backup', slots });
  }

  async begin({ since: height, signal }: BackupRequest): Promise<RunningBackup> {
    const { about, stream } = await this.#threads.begin({
      folder: this.#folder,
      takenAt: Date.now(),
      program: this.#program,
      ...(height !== undefined && { since: height }),
    });
    const { head, since: point } = about;
    const since = point !== undefined && { since: point };
    return { head, ...since, bytes: stream.bytes(signal), close: () => stream.close() };
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}

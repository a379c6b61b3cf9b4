import { type About, BackupWriter, keepZstdUninterrupted } from '@aerolithdb/engine/backup';
import { openReader } from '@aerolithdb/storage';
import { serveStreams } from '../streaming/serve-streams.ts';
import type { BackupJob } from './backup-job.ts';

/**
 * Program of the thread of a backup. It holds one snapshot while it reads the state (see `ByteOutlet`). The blocks never change, so
 * each part of them is read when there is room for it.
 */

/** Of the thread; the connections of the readers keep theirs. */
const CACHE_BYTES = 8_388_608;

serveStreams<BackupJob, About>(keepZstdUninterrupted, ({ folder, ...options }, begun, outlet) => {
  const connection = openReader(folder, { cacheBytes: CACHE_BYTES });
  try {
    const writer = connection.snapshot(() => {
      const started = new BackupWriter(connection, options);
      begun(started.about);
      for (const part of started.beginning()) outlet.send(part);
      return started;
    });
    outlet.released();
    for (const part of writer.blocks()) outlet.send(part);
  } finally {
    connection.close();
  }
});

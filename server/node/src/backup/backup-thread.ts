import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { BackupWriter, keepZstdUninterrupted } from '@aerolithdb/engine/backup';
import { openReader, type ReaderConnection } from '@aerolithdb/storage';
import { EndGuard } from '../end-guard.ts';
import { toWire } from '../wire-error.ts';
import type { BackupSetup, FromBackup } from './backup-messages.ts';

/**
 * Program of the thread of a backup. While it writes the state into the spool it holds one snapshot, and the write-ahead log grows;
 * so that lasts as long as reading the state and writing it to the disk, whoever takes the backup. The blocks never change, so
 * each part of them is read when it is asked for.
 */

/** Of the thread; the connections of the readers keep theirs. */
const CACHE_BYTES = 8_388_608;

function post(port: MessagePort, message: FromBackup): void {
  port.postMessage(message);
}

function spool(port: MessagePort, connection: ReaderConnection, { spool: descriptor, ...options }: BackupSetup): BackupWriter {
  return connection.snapshot(() => {
    const writer = new BackupWriter(connection, options);
    post(port, { kind: 'begun', about: writer.about });
    let bytes = 0;
    for (const part of writer.beginning()) {
      writeWhole(descriptor, part);
      bytes += part.length;
      post(port, { kind: 'spooled', bytes });
    }
    return writer;
  });
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

function serve(port: MessagePort, setup: BackupSetup): void {
  const failing = (work: () => void): void => {
    try {
      work();
    } catch (thrown) {
      post(port, { kind: 'failed', error: toWire(thrown) });
    }
  };
  failing(() => {
    keepZstdUninterrupted(new EndGuard(setup.guard).hold);
    const connection = openReader(setup.folder, { cacheBytes: CACHE_BYTES });
    const blocks = spool(port, connection, setup).blocks();
    post(port, { kind: 'beginning' });
    port.on('message', () =>
      failing(() => {
        const next = blocks.next();
        post(port, next.done === true ? { kind: 'end' } : { kind: 'part', bytes: next.value });
      }),
    );
  });
}

if (parentPort !== null) serve(parentPort, workerData as BackupSetup);

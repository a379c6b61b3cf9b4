import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Checkpointer, StorageError } from '@aerolithdb/storage';
import type { CheckpointSetup, FromCheckpoints, ToCheckpoints } from './checkpoints.ts';

/** Program of the thread that moves the write-ahead log into the file: one pass for each message. */

function serve(port: MessagePort, folder: string): void {
  const checkpointer = new Checkpointer(folder);
  port.on('message', (message: ToCheckpoints) => {
    if (message === 'close') {
      checkpointer.close();
      port.close();
      return;
    }
    port.postMessage({ moved: moved(checkpointer) } satisfies FromCheckpoints);
  });
}

/** A disk that fails here has lost nothing, and the writer will meet it too. */
function moved(checkpointer: Checkpointer): number {
  try {
    return checkpointer.checkpoint().moved;
  } catch (thrown) {
    if (thrown instanceof StorageError) return 0;
    throw thrown;
  }
}

if (parentPort !== null) serve(parentPort, (workerData as CheckpointSetup).folder);

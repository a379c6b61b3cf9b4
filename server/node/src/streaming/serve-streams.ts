import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { EndGuard } from '../end-guard.ts';
import { toWire } from '../wire-error.ts';
import { ByteOutlet } from './byte-outlet.ts';
import type { FromStream, ToStream } from './stream-messages.ts';
import type { StreamThreadSetup } from './stream-thread.ts';

/** Makes one stream: calls `begun` once, before its first byte. */
export type MakeStream<Job, About> = (job: Job, begun: (about: About) => void, outlet: ByteOutlet) => void;

/** The program of a thread that makes streams, one after the other. `keepUninterrupted` is told what keeps the thread from being ended. */
export function serveStreams<Job, About>(keepUninterrupted: (by: EndGuard['hold']) => void, make: MakeStream<Job, About>): void {
  if (parentPort === null) return;
  keepUninterrupted(new EndGuard((workerData as StreamThreadSetup).guard).hold);
  const port: MessagePort = parentPort;
  const post = (message: FromStream<About>) => port.postMessage(message);
  port.on('message', ({ job, outlet }: ToStream<Job>) => {
    try {
      make(job, (about) => post({ kind: 'begun', about }), new ByteOutlet(port, outlet));
      post({ kind: 'end' });
    } catch (thrown) {
      post({ kind: 'failed', error: toWire(thrown) });
    }
  });
}

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { fromWire, toWire } from '../wire-error.ts';
import type { DoorSetup, FromDoor, ToDoor } from './door-messages.ts';
import { OpenDoor } from './open-door.ts';
import { RemoteCalls } from './remote-calls.ts';
import { RemoteLog } from './remote-log.ts';

/** Program of a door thread: HTTP and the database behind it, over the log and the readers of the main thread. */
async function serve(port: MessagePort, setup: DoorSetup): Promise<void> {
  const post = (message: FromDoor) => port.postMessage(message);
  const log = new RemoteLog(setup.heads, post);
  const calls = new RemoteCalls(post);
  const opening = OpenDoor.open(setup, log, calls, post);
  const close = async () => {
    await (await opening).close();
    post({ kind: 'closed' });
    port.close();
  };
  port.on('message', (message: ToDoor) => {
    if (message.kind === 'ends') log.end(message);
    else if (message.kind === 'results') calls.settle(message.results);
    else if (message.kind === 'logFailed') log.fail(fromWire(message.error));
    else if (message.kind === 'certificate') void opening.then(({ rest }) => rest.replaceCertificate(message.tls));
    else void close();
  });
  try {
    await opening;
    post({ kind: 'listening' });
  } catch (thrown) {
    post({ kind: 'refused', error: toWire(thrown) });
    port.close();
  }
}

if (parentPort !== null) void serve(parentPort, workerData as DoorSetup);

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { OrderedLog } from '@aerolithdb/log';
import { programUrl } from '../program-url.ts';
import { threadOptions } from '../thread-options.ts';
import { fromWire } from '../wire-error.ts';
import { DoorDesk } from './door-desk.ts';
import type { DoorRequest, DoorSetup, FromDoor, ToDoor } from './door-messages.ts';
import type { DoorServices } from './door-services.ts';

export type DoorThreadOptions = {
  readonly setup: DoorSetup;
  readonly log: OrderedLog;
  readonly services: DoorServices;
  readonly onFault: (error: unknown, request: DoorRequest) => void;
  readonly onRefusedLogin: (request: DoorRequest & { readonly address: string }) => void;
  /** The thread ended by itself after it had listened. */
  readonly onLost: (why: string) => void;
};

/** Room for objects that die young; more than that makes a request no faster. */
const YOUNG_MB = 9;

/** A thread that serves HTTP beside the main thread, as seen from there. */
export class DoorThread {
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;

  private constructor(worker: Worker, exited: Promise<unknown>) {
    this.#worker = worker;
    this.#exited = exited;
  }

  /** Resolves when it listens. Throws what keeps it from that. */
  static async start({ setup, log, services, onLost, ...events }: DoorThreadOptions): Promise<DoorThread> {
    const { port } = setup.heads;
    const worker = new Worker(programUrl('door-program', import.meta.url), {
      workerData: setup,
      transferList: [port],
      ...threadOptions({ youngMb: YOUNG_MB }),
    });
    let why = '';
    worker.on('error', (error) => {
      why = error.message;
    });
    const exited = once(worker, 'exit').then(([code]) => why || `it ended with code ${code}`);
    const desk = new DoorDesk(log, services, (message) => worker.postMessage(message));
    const listening = Promise.withResolvers<void>();
    let isClosed = false;
    worker.on('message', (message: FromDoor) => {
      if (message.kind === 'commands') desk.submit(message);
      else if (message.kind === 'calls') desk.call(message.calls);
      else if (message.kind === 'fault') events.onFault(fromWire(message.error), message.request);
      else if (message.kind === 'refusedLogin') events.onRefusedLogin(message.request);
      else if (message.kind === 'listening') listening.resolve();
      else if (message.kind === 'refused') listening.reject(fromWire(message.error));
      else isClosed = true;
    });
    void exited.then((reason) => listening.reject(new Error(`A thread for HTTP did not start: ${reason}.`)));
    await listening.promise;
    void exited.then((reason) => isClosed || onLost(reason));
    return new DoorThread(worker, exited);
  }

  replaceCertificate(tls: { readonly key: string; readonly cert: string }): void {
    this.#post({ kind: 'certificate', tls });
  }

  /** Ends the streams, lets requests finish as `RestServer.close` does, then ends the thread. */
  async close(): Promise<void> {
    this.#post({ kind: 'close' });
    await this.#exited;
  }

  #post(message: ToDoor): void {
    this.#worker.postMessage(message);
  }
}

import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { OrderedLog } from '@aerolithdb/log';
import type { HeadsEnd } from './door-messages.ts';

/**
 * Tells door threads of each durable block.
 *
 * Invariant: a write that was acknowledged anywhere is seen at every door at once. A message alone would not do, since a door may find
 * a request on its socket before a message that was sent earlier. So `sent` counts the heads in memory that the doors share; it goes up
 * before the callers of the block are told of it, and after its head was posted, so that a door that finds it higher can take the head
 * out of its port.
 */
export class HeadFeed {
  readonly #log: OrderedLog;
  readonly #ports = new Set<MessagePort>();
  readonly #sent = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #stop: () => void;

  constructor(log: OrderedLog) {
    this.#log = log;
    const count = new Int32Array(this.#sent);
    this.#stop = log.onBlock((head) => {
      for (const port of this.#ports) port.postMessage(head);
      Atomics.add(count, 0, 1);
    });
  }

  /** The end for one door; `leave` ends it. */
  join(): { readonly end: HeadsEnd; readonly leave: () => void } {
    const { port1, port2 } = new MessageChannel();
    this.#ports.add(port1);
    const end = {
      port: port2,
      sent: this.#sent,
      head: this.#log.head(),
      sentBefore: Atomics.load(new Int32Array(this.#sent), 0),
    };
    const leave = () => {
      this.#ports.delete(port1);
      port1.close();
    };
    return { end, leave };
  }

  close(): void {
    this.#stop();
  }
}

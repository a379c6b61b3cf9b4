import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { HeightWaits, logClosed, type OrderedLog } from '@aerolithdb/log';
import type { AerolithError, Command, Head, Outcome } from '@aerolithdb/protocol';
import { packCommands, unpackEnds } from '../command-packing.ts';
import { fromWire } from '../wire-error.ts';
import type { FromDoor, HeadsEnd, ToDoor } from './door-messages.ts';
import { TurnBatch } from './turn-batch.ts';

type Pending = { readonly resolve: (outcome: Outcome) => void; readonly reject: (error: AerolithError) => void };

/** The log of the main thread, as seen from a door thread. */
export class RemoteLog implements OrderedLog {
  readonly #port: MessagePort;
  readonly #sent: Int32Array;
  readonly #outgoing: TurnBatch<Command>;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(head: Head) => void>();
  readonly #heightWaits = new HeightWaits();
  #head: Head;
  /** How many heads were sent when `#head` was the last. */
  #seen: number;
  #next = 0;
  #failure: AerolithError | undefined;
  #closed: PromiseWithResolvers<void> | undefined;

  constructor({ port, sent, head, sentBefore }: HeadsEnd, post: (message: FromDoor) => void) {
    this.#port = port;
    this.#sent = new Int32Array(sent);
    this.#head = head;
    this.#seen = sentBefore;
    this.#outgoing = new TurnBatch((commands) =>
      post({ kind: 'commands', first: this.#next - commands.length, commands: packCommands(commands) }),
    );
    port.on('message', (next: Head) => this.#take(next));
  }

  submit(command: Command): Promise<Outcome> {
    if (this.#closed !== undefined) return Promise.reject(logClosed());
    this.#outgoing.add(command);
    return new Promise((resolve, reject) => {
      this.#pending.set(this.#next, { resolve, reject });
      this.#next += 1;
    });
  }

  /** Never behind a block that anybody was told of (see `HeadFeed`). */
  head(): Head {
    while (Atomics.load(this.#sent, 0) !== this.#seen) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) break;
      this.#take(received.message as Head);
    }
    return this.#head;
  }

  reached(height: number): Promise<void> {
    if (height <= this.head().height) return Promise.resolve();
    return this.#failure === undefined ? this.#heightWaits.wait(height) : Promise.reject(this.#failure);
  }

  onBlock(listener: (head: Head) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Of this end; the log itself is the main thread's to close. */
  async close(): Promise<void> {
    this.#closed ??= Promise.withResolvers();
    if (this.#pending.size === 0) this.#closed.resolve();
    await this.#closed.promise;
    this.#port.close();
    this.fail(logClosed());
  }

  /** To be called with what the main thread says of this door's commands. */
  end({ numbers, ends }: Extract<ToDoor, { kind: 'ends' }>): void {
    for (const [index, end] of unpackEnds(ends).entries()) {
      const pending = this.#pending.get(numbers[index]!);
      this.#pending.delete(numbers[index]!);
      if ('failed' in end) pending?.reject(fromWire(end.failed));
      else pending?.resolve(end);
    }
    if (this.#pending.size === 0) this.#closed?.resolve();
  }

  /** No height is reached any more. */
  fail(error: AerolithError): void {
    this.#failure ??= error;
    this.#heightWaits.fail(error);
  }

  #take(head: Head): void {
    this.#head = head;
    this.#seen = (this.#seen + 1) | 0;
    for (const listener of this.#listeners) listener(head);
    this.#heightWaits.reached(head.height);
  }
}

import { type DoorMemory, doorMemory, type RestOptions, RestServer, resetCounts } from '@aerolithdb/api';
import type { Database } from '@aerolithdb/database';
import { BorrowedSlots } from '../streaming/stream-slots.ts';
import type { DoorShare } from './door-share.ts';
import { DoorThread } from './door-thread.ts';
import { HeadFeed } from './head-feed.ts';

/** What HTTP is started with, whatever the number of threads. */
export type HttpOptions = Omit<RestOptions, 'database' | 'among' | 'onFault' | 'onRefusedLogin'> &
  Required<Pick<RestOptions, 'onFault' | 'onRefusedLogin'>>;

export type HttpDoorsOptions = {
  readonly database: Database;
  readonly share: DoorShare;
  /** Threads that listen, the main thread being the first. */
  readonly threads: number;
  readonly http: HttpOptions;
  /** A thread ended by itself; `isReplaced`: another takes its place. */
  readonly onLost: (lost: { readonly why: string; readonly isReplaced: boolean }) => void;
};

/** A thread that ends sooner than this after it began to listen is not replaced: the next would end as it did. In milliseconds. */
const SHORT_LIFE_MS = 10_000;

/** HTTP of a node: a server on the main thread, and one on each door thread, all at one address. */
export class HttpDoors {
  readonly #options: HttpDoorsOptions;
  readonly #memory: DoorMemory;
  readonly #first: RestServer;
  readonly #feed: HeadFeed;
  /** By their place, from 1 on. */
  readonly #threads = new Map<number, DoorThread>();
  #tls: RestOptions['tls'];
  /** Of a thread that takes the place of another. */
  #replacing: Promise<void> = Promise.resolve();
  #isClosing = false;

  private constructor(options: HttpDoorsOptions, memory: DoorMemory, first: RestServer) {
    this.#options = options;
    this.#memory = memory;
    this.#first = first;
    this.#feed = new HeadFeed(options.share.log);
    this.#tls = options.http.tls;
  }

  /** Resolves when all listen. Throws what `RestServer.start` throws. */
  static async start(options: HttpDoorsOptions): Promise<HttpDoors> {
    const { database, threads, http } = options;
    const memory = doorMemory(threads);
    const first = await RestServer.start({ ...http, database, among: { memory, place: 0 } });
    const doors = new HttpDoors(options, memory, first);
    try {
      await Promise.all(Array.from({ length: threads - 1 }, (_, index) => doors.#open(index + 1)));
      return doors;
    } catch (thrown) {
      await doors.close();
      throw thrown;
    }
  }

  get address(): RestServer['address'] {
    return this.#first.address;
  }

  get url(): string {
    return this.#first.url;
  }

  /** See `RestServer`. */
  replaceCertificate(tls: { readonly key: string; readonly cert: string }): void {
    this.#first.replaceCertificate(tls);
    this.#tls = tls;
    for (const thread of this.#threads.values()) thread.replaceCertificate(tls);
  }

  /** Closes all servers as `RestServer.close` does, then ends the threads. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#replacing;
    await Promise.all([this.#first.close(), ...[...this.#threads.values()].map((thread) => thread.close())]);
    this.#feed.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #open(place: number): Promise<void> {
    const { share, http } = this.#options;
    const { folder, cacheBytes, principals, startedAt, log } = share;
    const slots = new BorrowedSlots(share.services);
    const services = {
      ...share.services,
      takeSlot: slots.takeSlot.bind(slots),
      giveSlot: slots.giveSlot.bind(slots),
    };
    const { onFault, onRefusedLogin, limits, cors } = http;
    const { end, leave } = this.#feed.join();
    let since = Number.POSITIVE_INFINITY;
    const onLost = (why: string) => {
      leave();
      this.#threads.delete(place);
      resetCounts(this.#memory.counts, place);
      void slots.giveAll();
      this.#replace(place, why, performance.now() - since > SHORT_LIFE_MS);
    };
    const rest = {
      host: http.host ?? this.address.host,
      port: this.address.port,
      ...(this.#tls !== undefined && { tls: this.#tls }),
      ...(limits !== undefined && { limits }),
      ...(cors !== undefined && { cors }),
    };
    const setup = { folder, cacheBytes, heads: end, principals, startedAt, memory: this.#memory, place, rest };
    try {
      this.#threads.set(place, await DoorThread.start({ setup, log, services, onFault, onRefusedLogin, onLost }));
      since = performance.now();
    } catch (thrown) {
      leave();
      throw thrown;
    }
  }

  #replace(place: number, why: string, isReplaced: boolean): void {
    if (this.#isClosing) return;
    this.#options.onLost({ why, isReplaced });
    if (!isReplaced) return;
    const opening = this.#open(place).catch((thrown: unknown) =>
      this.#options.onLost({ why: thrown instanceof Error ? thrown.message : String(thrown), isReplaced: false }),
    );
    this.#replacing = Promise.all([this.#replacing, opening]).then(() => undefined);
  }
}

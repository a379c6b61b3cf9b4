import type { Fate, Write, Writer } from './writes.ts';

const COUNTERS = 8;

/**
 * What was sent, and what must therefore be there. Half of the writes insert a document, half add 1 to a counter, so that both a
 * lost write and one applied twice change a number that is checked.
 */
export class Load {
  readonly #random: () => number;
  #sent = 0;
  /** Ids inserted since the last check, acknowledged. */
  #fresh: number[] = [];
  inserted = 0;
  readonly counters: number[] = Array.from({ length: COUNTERS }, () => 0);
  #unknown: Write[] = [];
  #refusals: string[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  get acknowledged(): number {
    return this.inserted + this.counters.reduce((sum, count) => sum + count, 0);
  }

  /** Makes the collections and the counters. */
  async prepare(writer: Writer): Promise<void> {
    await writer.send({ commandId: 'make-items', path: '/v1/collections', body: '{"name":"items"}' });
    await writer.send({ commandId: 'make-counters', path: '/v1/collections', body: '{"name":"counters"}' });
    const documents = this.counters.map((_, id) => `{"_id":${id},"n":0}`);
    await writer.send({ commandId: 'fill-counters', path: '/v1/collections/counters/documents', body: `[${documents}]` });
  }

  /** One caller: writes until a write's fate is unknown, which is when the node is gone. */
  async run(writer: Writer): Promise<void> {
    for (;;) {
      const write = this.#next();
      const fate = await writer.send(write);
      this.#record(write, fate);
      if (fate === 'unknown') return;
    }
  }

  /** Sends again what was unknown, with the same command ids: afterwards each of them was applied exactly once. */
  async settle(writer: Writer): Promise<number> {
    const unknown = this.#unknown;
    this.#unknown = [];
    for (const write of unknown) this.#record(write, await writer.send(write));
    return unknown.length;
  }

  /** Compares the node with what must be there. Returns one sentence for each difference. */
  async check(writer: Writer): Promise<string[]> {
    const differences = this.#refusals;
    this.#refusals = [];
    const total = (await writer.ask('/v1/collections/items/count', '{}')).count;
    if (total !== this.inserted) differences.push(`${this.inserted} documents were inserted, ${total} are there`);
    const there = (await writer.ask('/v1/collections/items/count', `{"filter":{"_id":{"$in":[${this.#fresh}]}}}`)).count;
    if (there !== this.#fresh.length)
      differences.push(`${this.#fresh.length} inserts of this round were acknowledged, ${there} are there`);
    const { documents } = (await writer.ask('/v1/collections/counters/find', '{"sort":{"_id":1}}')) as {
      documents: { _id: number; n: number }[];
    };
    for (const { _id, n } of documents) {
      if (n !== this.counters[_id])
        differences.push(`counter ${_id}: ${this.counters[_id]} additions were acknowledged, it shows ${n}`);
    }
    this.#fresh = [];
    return differences;
  }

  #next(): Write {
    const n = this.#sent++;
    const commandId = `write-${n}`;
    if (n % 2 === 0)
      return { commandId, path: '/v1/collections/items/documents', body: `{"_id":${n},"pad":"${'x'.repeat(200)}"}` };
    const counter = Math.floor(this.#random() * COUNTERS);
    const body = `{"filter":{"_id":${counter}},"update":{"$inc":{"n":1}}}`;
    return { commandId, path: '/v1/collections/counters/update', body };
  }

  #record(write: Write, fate: Fate): void {
    if (fate === 'unknown') {
      this.#unknown.push(write);
      return;
    }
    if (fate !== 'acknowledged') {
      this.#refusals.push(fate.refused);
      return;
    }
    const id = Number(/"_id":(\d+)/.exec(write.body)![1]);
    if (write.path.includes('counters')) {
      this.counters[id]! += 1;
    } else {
      this.inserted += 1;
      this.#fresh.push(id);
    }
  }
}

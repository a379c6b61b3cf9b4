import type { Command, DocumentOperation, Operation } from '@aerolithdb/protocol';

/** mulberry32: the same seed, the same numbers, on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 up to `end`, not included. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * end);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const COLLECTIONS = ['a', 'b', 'c'];
const IDS = 400;
const WORDS = ['north', 'south', 'east', 'west', 'Zürich', '東京', 'O"Neil'];
const INDEXES = [
  { name: 'n_1', keys: [['n', 1]] },
  { name: 'tags_1', keys: [['tags', 1]] },
  {
    name: 'w_n',
    keys: [
      ['w', -1],
      ['n', 1],
    ],
  },
  { name: 'u_1', keys: [['u', 1]], unique: true },
  { name: 'deep', keys: [['o.x', 1]] },
] as const;
const SCHEMA = JSON.stringify({ type: 'object', properties: { n: { type: 'number', maximum: 95 }, w: { type: 'string' } } });

/**
 * `count` commands of every kind that make sense one after the other, whatever blocks they come in: no `ifVersion`, since versions
 * depend on the blocks. Some are refused, and some repeat an earlier one.
 */
export function randomCommands(seed: number, count: number): Command[] {
  const random = new Random(seed);
  const commands: Command[] = [...COLLECTIONS].map((collection, index) => ({
    id: `start${index}`,
    actor: 'tester',
    operation: { type: 'createCollection', collection, options: {} },
  }));
  while (commands.length < count) {
    const repeat = random.chance(3);
    commands.push(
      repeat ? commands[commands.length - 1 - random.below(Math.min(50, commands.length))]! : fresh(random, commands.length),
    );
  }
  return commands;
}

function fresh(random: Random, number: number): Command {
  const operation = random.chance(4)
    ? catalogueOperation(random)
    : random.chance(8)
      ? transaction(random)
      : random.chance(8)
        ? bulk(random)
        : documentOperation(random);
  return { id: `r${number}`, actor: 'tester', operation };
}

function catalogueOperation(random: Random): Operation {
  const collection = random.pick(COLLECTIONS);
  const kind = random.below(20);
  if (kind === 0) return { type: 'dropCollection', collection };
  if (kind < 4) return { type: 'createCollection', collection, options: {} };
  if (kind < 7) return { type: 'alterCollection', collection, options: { schema: random.chance(50) ? SCHEMA : null } };
  if (kind < 10) return { type: 'dropIndex', collection, index: random.pick(INDEXES).name };
  return { type: 'createIndex', collection, index: random.pick(INDEXES) };
}

function transaction(random: Random): Operation {
  return { type: 'transaction', operations: Array.from({ length: 1 + random.below(4) }, () => documentOperation(random)) };
}

function bulk(random: Random): Operation {
  const operations = Array.from({ length: 1 + random.below(6) }, () => documentOperation(random));
  return random.chance(50) ? { type: 'bulk', operations } : { type: 'bulk', operations, ordered: false };
}

function documentOperation(random: Random): DocumentOperation {
  const collection = random.pick(COLLECTIONS);
  const kind = random.below(100);
  if (kind < 40) {
    return { type: 'insert', collection, documents: Array.from({ length: 1 + random.below(5) }, () => document(random)) };
  }
  if (kind < 55) {
    return { type: 'replace', collection, id: id(random), document: body(random), upsert: random.chance(50) };
  }
  if (kind < 70)
    return { type: 'update', collection, filter: `{"_id":${id(random)}}`, update: change(random), upsert: random.chance(20) };
  if (kind < 80) {
    return {
      type: 'update',
      collection,
      filter: filter(random),
      update: change(random),
      sort: '{"n":-1,"w":1}',
      returning: random.pick(['before', 'after']),
    };
  }
  if (kind < 84) return { type: 'update', collection, filter: filter(random), update: change(random), multi: true };
  if (kind < 96) return { type: 'delete', collection, filter: `{"_id":${id(random)}}` };
  return { type: 'delete', collection, filter: filter(random), multi: random.chance(30) };
}

function id(random: Random): string {
  const number = random.below(IDS);
  return number % 3 === 0
    ? `"k${number}"`
    : number % 3 === 1
      ? String(number)
      : `{"$oid":"65f0000000000000000${String(10000 + number)}"}`;
}

function document(random: Random): string {
  return `{"_id":${id(random)},${body(random).slice(1)}`;
}

function body(random: Random): string {
  const fields = [
    `"n":${random.chance(20) ? `${random.below(100)}.5` : random.below(100)}`,
    `"w":${JSON.stringify(random.pick(WORDS))}`,
  ];
  if (random.chance(50)) fields.push(`"tags":[${Array.from({ length: random.below(4) }, () => random.below(9)).join(',')}]`);
  if (random.chance(30))
    fields.push(`"o":{"x":${random.chance(50) ? `[${random.below(5)},1.0]` : 'null'},"d":{"$date":${random.below(1e6)}}}`);
  if (random.chance(90)) fields.push(`"u":${random.below(1_000_000)}`);
  return `{${fields.join(',')}}`;
}

function filter(random: Random): string {
  const kind = random.below(4);
  if (kind === 0) return `{"n":{"$gte":${90 + random.below(10)}}}`;
  if (kind === 1) return `{"tags":${random.below(9)},"w":${JSON.stringify(random.pick(WORDS))}}`;
  if (kind === 2) return `{"o.x":${random.below(5)}}`;
  return `{"w":${JSON.stringify(random.pick(WORDS))},"n":{"$lt":4}}`;
}

function change(random: Random): string {
  const kind = random.below(6);
  if (kind === 0) return `{"$inc":{"n":${1 + random.below(3)}}}`;
  if (kind === 1) return `{"$push":{"tags":${random.below(9)}}}`;
  if (kind === 2) return `{"$set":{"w":${JSON.stringify(random.pick(WORDS))},"o.y":${random.below(9)}}}`;
  if (kind === 3) return `{"$unset":{"tags":1},"$mul":{"n":1.5}}`;
  if (kind === 4) return `{"$addToSet":{"tags":{"$each":[1,2]}},"$min":{"n":50}}`;
  return `{"$set":{"u":${random.below(1_000_000)}}}`;
}

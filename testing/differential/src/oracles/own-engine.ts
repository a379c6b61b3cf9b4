import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '@aerolithdb/engine';
import { Reader } from '@aerolithdb/engine/read';
import {
  AerolithError,
  type Document,
  type IndexSpec,
  type Operation,
  type OperationResult,
  parseValue,
  type ReadRequest,
  toStored,
} from '@aerolithdb/protocol';
import type { Oracle } from '../oracle.ts';
import type { Answer, FindCase, Profile, Request, UpdateCase } from '../request.ts';
import { NOW, refusal } from './reference.ts';

/** The engine over a file of its own, with indexes or without. */
export class OwnEngine implements Oracle, AsyncDisposable {
  readonly profiles: readonly Profile[] = ['every', 'flat'];
  readonly name: string;
  readonly #indexes: readonly IndexSpec[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'aerolith-differential-'));
  readonly #engine = Engine.open(this.#folder);
  readonly #reader = Reader.open(this.#folder);
  #commands = 0;
  #loaded = false;

  constructor(name: string, indexes: readonly IndexSpec[]) {
    this.name = name;
    this.#indexes = indexes;
  }

  async load(c: readonly Document[], o: readonly Document[]): Promise<void> {
    for (const [collection, documents] of [['c', c] as const, ['o', o] as const]) {
      if (this.#loaded) this.#run({ type: 'dropCollection', collection });
      this.#run({ type: 'createCollection', collection, options: {} });
      this.#insert(collection, documents);
      for (const index of this.#indexes) this.#createIndex(collection, index);
    }
    this.#loaded = true;
  }

  async answer(request: Request): Promise<Answer> {
    try {
      if (request.kind === 'find') return this.#find(request);
      if (request.kind === 'update') return this.#update(request);
      return this.#read({ kind: 'aggregate', collection: 'c', pipeline: toStored([...request.pipeline]), now: NOW });
    } catch (error) {
      return refusal(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#reader.close();
    this.#engine.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #find({ filter, projection, sort, skip, limit }: FindCase): Answer {
    return this.#read({
      kind: 'find',
      collection: 'c',
      filter: toStored(filter),
      now: NOW,
      ...(projection === undefined ? {} : { projection: toStored(projection) }),
      ...(sort === undefined ? {} : { sort: toStored(sort) }),
      ...(skip === undefined ? {} : { skip }),
      ...(limit === undefined ? {} : { limit }),
    });
  }

  #update({ filter, update, arrayFilters, multi }: UpdateCase): Answer {
    const before = this.#all();
    const { matched = 0 } = this.#run({
      type: 'update',
      collection: 'c',
      filter: toStored(filter),
      update: toStored(update),
      multi,
      ...(arrayFilters === undefined ? {} : { arrayFilters: toStored([...arrayFilters]) }),
    });
    const documents = this.#all();
    this.#run({ type: 'delete', collection: 'c', filter: '{}', multi: true });
    this.#insert('c', before);
    return { documents, matched };
  }

  #all(): Document[] {
    return this.#read({ kind: 'find', collection: 'c', hint: '$natural' }).documents;
  }

  #read(request: ReadRequest): { documents: Document[] } {
    const { text = '[]' } = this.#reader.read(request);
    return { documents: parseValue(text) as Document[] };
  }

  #insert(collection: string, documents: readonly Document[]): void {
    if (documents.length > 0) this.#run({ type: 'insert', collection, documents: documents.map(toStored) });
  }

  /** An index that the documents do not allow (two arrays in one entry) is left out. */
  #createIndex(collection: string, index: IndexSpec): void {
    try {
      this.#run({ type: 'createIndex', collection, index });
    } catch (error) {
      refusal(error);
    }
  }

  /** Throws what the command is refused with. */
  #run(operation: Operation): OperationResult {
    const { height, hash, time } = this.#engine.head();
    const command = { id: `c${this.#commands++}`, actor: 'test', operation };
    // Each command is given the same time, but the first blocks must not be after it.
    const [outcome] = this.#engine.apply({
      height: height + 1,
      time: Math.max(time, NOW),
      previousHash: hash,
      commands: [command],
    });
    this.#engine.commit();
    if (outcome?.ok === true) return outcome.result;
    throw new AerolithError((outcome?.error.code ?? 'internal') as AerolithError['code'], outcome?.error.message ?? 'no outcome');
  }
}

const KEYS: readonly IndexSpec['keys'][] = [
  [['a', 1]],
  [['b', -1]],
  [
    ['n', 1],
    ['a', -1],
  ],
  [
    ['c.x', 1],
    ['n', 1],
  ],
  [['b.x', 1]],
  [['d', 1]],
  [['b.0', -1]],
];

export const INDEXES: readonly IndexSpec[] = KEYS.map((keys) => ({ name: keys.flat().join('_'), keys }));

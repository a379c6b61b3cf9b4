import { type Document, fromPlain, toPlain, type Value } from '@aerolithdb/protocol';
import { aggregate, find, updateMany, updateOne } from 'mingo';
import type { Oracle } from '../oracle.ts';
import type { Answer, FindCase, Profile, Request, UpdateCase } from '../request.ts';

type Plain = Record<string, unknown>;

/** `mingo`, an independent implementation in JavaScript over plain objects: numbers have no types there. */
export class Mingo implements Oracle {
  readonly name = 'mingo';
  readonly profiles: readonly Profile[] = ['flat'];
  #c: readonly Document[] = [];
  #o: readonly Document[] = [];

  async load(c: readonly Document[], o: readonly Document[]): Promise<void> {
    this.#c = c;
    this.#o = o;
  }

  async answer(request: Request): Promise<Answer> {
    try {
      if (request.kind === 'find') return this.#find(request);
      if (request.kind === 'update') return this.#update(request);
      const collectionResolver = () => plainOf(this.#o);
      return given(aggregate(plainOf(this.#c), request.pipeline.map(toPlain) as Plain[], { collectionResolver }));
    } catch (error) {
      return { unsupported: String(error) };
    }
  }

  kept(value: Value): Value {
    return withoutMinusZero(fromPlain(toPlain(value)));
  }

  #find({ filter, projection, sort, skip, limit }: FindCase): Answer {
    const cursor = find(
      plainOf(this.#c),
      toPlain(filter) as Plain,
      projection === undefined ? {} : (toPlain(projection) as Plain),
    );
    if (sort !== undefined) cursor.sort(toPlain(sort) as Record<string, 1 | -1>);
    if (skip !== undefined) cursor.skip(skip);
    if (limit !== undefined) cursor.limit(limit);
    return given(cursor.all() as Plain[]);
  }

  #update({ filter, update, arrayFilters, multi }: UpdateCase): Answer {
    const documents = plainOf(this.#c);
    const config = arrayFilters === undefined ? {} : { arrayFilters: arrayFilters.map(toPlain) as Plain[] };
    const change = multi ? updateMany : updateOne;
    const { matchedCount } = change(documents, toPlain(filter) as Plain, toPlain(update) as Plain, config);
    return { ...given(documents), matched: matchedCount };
  }
}

function plainOf(documents: readonly Document[]): Plain[] {
  return documents.map((document) => toPlain(document) as Plain);
}

function given(documents: readonly Plain[]): { documents: Document[] } {
  return { documents: documents.map((document) => withoutMinusZero(fromPlain(document)) as Document) };
}

const byName = ([a]: readonly [string, Value], [b]: readonly [string, Value]) => (a < b ? -1 : 1);

/** Plain JavaScript has it, `toPlain` of an int32 has not. Fields come in no order: mingo has its own. */
function withoutMinusZero(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  if (value instanceof Map)
    return new Map([...value].map(([name, inner]) => [name, withoutMinusZero(inner)] as const).sort(byName));
  return value === 0 || Object.is(value, -0) ? 0 : value;
}

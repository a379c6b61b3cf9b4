import { AerolithError, assertStorable, type Document, parseDocument, toStored } from '@aerolithdb/protocol';
import {
  applyUpdate,
  bindFilter,
  bindFilterOfWrite,
  compareBySort,
  matches,
  parseFilter,
  parsePipeline,
  parseProjection,
  parseSort,
  parseUpdate,
  project,
  runInMemory,
} from '@aerolithdb/query';
import type { Oracle } from '../oracle.ts';
import type { AggregateCase, Answer, FindCase, Profile, Request, UpdateCase } from '../request.ts';

/** Milliseconds since 1970: the time of every query and every write. */
export const NOW = 1000;
const SURROUNDINGS = { variables: new Map(), now: NOW };

/** The pure functions of `core/query`, document by document. */
export class Reference implements Oracle {
  readonly name = 'reference';
  readonly profiles: readonly Profile[] = ['every', 'flat'];
  #c: readonly Document[] = [];
  #o: readonly Document[] = [];

  async load(c: readonly Document[], o: readonly Document[]): Promise<void> {
    this.#c = c.map(asStored);
    this.#o = o.map(asStored);
  }

  async answer(request: Request): Promise<Answer> {
    try {
      if (request.kind === 'find') return find(this.#c, request);
      if (request.kind === 'update') return update(this.#c, request);
      return aggregate(this.#c, this.#o, request);
    } catch (error) {
      return refusal(error);
    }
  }
}

export function refusal(error: unknown): Answer {
  if (error instanceof AerolithError && error.code !== 'internal') return { refused: error.code };
  throw error;
}

/** As a document is after it was written and read. */
function asStored(document: Document): Document {
  return parseDocument(toStored(document));
}

function find(c: readonly Document[], { filter: source, projection, sort, skip = 0, limit }: FindCase): Answer {
  const filter = bindFilter(parseFilter(source), SURROUNDINGS);
  const order = sort === undefined ? [] : parseSort(sort);
  const shown = projection === undefined ? undefined : parseProjection(projection, { filter, surroundings: SURROUNDINGS });
  const found = c.filter((document) => matches(filter, document)).sort((a, b) => compareBySort(order, a, b));
  const page = found.slice(skip, limit === undefined ? undefined : skip + limit);
  return { documents: shown === undefined ? page : page.map((document) => project(shown, document)) };
}

function update(c: readonly Document[], { filter: source, update: change, arrayFilters, multi }: UpdateCase): Answer {
  const filter = bindFilterOfWrite(parseFilter(source, { deterministic: true }), SURROUNDINGS);
  const parsed = parseUpdate(change, arrayFilters);
  // Which documents they are is settled before the first is changed.
  const found = multi ? c.filter((document) => matches(filter, document)) : c.find((document) => matches(filter, document));
  const targets = new Set([found ?? []].flat());
  const documents = c.map((document) => {
    if (!targets.has(document)) return document;
    const after = applyUpdate(parsed, document, { time: NOW, filter });
    assertStorable(after);
    return after;
  });
  return { documents, matched: targets.size };
}

function aggregate(c: readonly Document[], o: readonly Document[], { pipeline }: AggregateCase): Answer {
  const collections = new Map([
    ['c', c],
    ['o', o],
  ]);
  return { documents: runInMemory(parsePipeline(pipeline), collections) };
}

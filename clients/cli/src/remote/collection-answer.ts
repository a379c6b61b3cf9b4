import { INDEX_KEYS, INDEX_OPTIONS, type IndexBuildState, type IndexKey } from '@aerolithdb/protocol';
import { numberIn, textIn } from './answers.ts';

type Answer = Readonly<Record<string, unknown>>;

export type IndexAnswer = {
  readonly name: string;
  readonly keys: readonly (readonly [path: string, key: IndexKey])[];
  /** `unique, sparse`. */
  readonly options: string;
  /** Absent: it is ready. */
  readonly build: IndexBuildState | undefined;
};

export type CollectionAnswer = {
  readonly name: string;
  readonly documents: number;
  readonly hasSchema: boolean;
  readonly indexes: readonly IndexAnswer[];
};

/** A collection as the server describes it. */
export function collectionOf(answer: Answer): CollectionAnswer {
  const options = answer.options;
  return {
    name: textIn(answer, 'name'),
    documents: numberIn(answer, 'documents'),
    hasSchema: typeof options === 'object' && options !== null && 'schema' in options && options.schema !== null,
    indexes: indexesOf(answer),
  };
}

export function collectionsOf(answer: Answer): CollectionAnswer[] {
  return objectsIn(answer.collections).map(collectionOf);
}

export function indexesOf(answer: Answer): IndexAnswer[] {
  return objectsIn(answer.indexes).map((index) => ({
    name: textIn(index, 'name'),
    keys: keysOf(index.keys),
    options: indexOptionsText(index),
    build: buildOf(index.build),
  }));
}

/** `country, population (descending), title (text)`. */
export function keysText(keys: IndexAnswer['keys']): string {
  return keys.map(([path, key]) => (key === 1 ? path : `${path} (${key === -1 ? 'descending' : key})`)).join(', ');
}

/** Options of an index, and where it is not ready, how far it is or why not. */
export function stateText({ options, build }: Pick<IndexAnswer, 'options' | 'build'>): string {
  if (build === undefined) return options;
  const state =
    build.state === 'failed' ? `failed: ${build.error.message}` : `building, ${build.done} of ${build.total} documents`;
  return options === '' ? state : `${options}, ${state}`;
}

function buildOf(value: unknown): IndexBuildState | undefined {
  if (typeof value !== 'object' || value === null || !('state' in value)) return undefined;
  const answer = value as Answer;
  if (answer.state === 'building') return { state: 'building', done: numberIn(answer, 'done'), total: numberIn(answer, 'total') };
  const error = (answer.error ?? {}) as Answer;
  return { state: 'failed', error: { code: textIn(error, 'code'), message: textIn(error, 'message') } };
}

/** What an index is beside its keys: `unique, expireAfterSeconds 3600`. */
export function indexOptionsText(index: Readonly<Record<string, unknown>>): string {
  const given = Object.keys(INDEX_OPTIONS).filter((name) => index[name] !== undefined && index[name] !== false);
  return given.map((name) => (index[name] === true ? name : `${name} ${optionText(index[name])}`)).join(', ');
}

function optionText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function keysOf(value: unknown): IndexAnswer['keys'] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([path, key]) => [path, INDEX_KEYS.find((known) => known === key) ?? 1]);
}

function objectsIn(value: unknown): Answer[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}

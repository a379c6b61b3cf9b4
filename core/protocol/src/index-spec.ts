import { AerolithError } from './aerolith-error.ts';
import type { StoredText } from './command.ts';
import { storedToRelaxed } from './extended-json.ts';
import { objectSlices } from './json-slices.ts';
import { parseValue } from './parse-json.ts';
import { quoteText } from './quote-text.ts';
import { toStored } from './stored-form.ts';
import { suggestNearest } from './suggest-nearest.ts';
import { Double, type Value } from './value.ts';

/** How an index holds a path: ascending, descending, or as an index of another kind does. */
export type IndexKey = 1 | -1 | 'text' | '2dsphere' | 'bitmap' | 'vector';

export const INDEX_KEYS: readonly IndexKey[] = [1, -1, 'text', '2dsphere', 'bitmap', 'vector'];

/** An index as it is asked for. An option that is absent has its default; which kinds take which options is for the engine to say. */
export type IndexSpec = {
  /** `field_1_other_-1` when the client names none. */
  readonly name: string;
  /** Dotted paths, in order. A path that is or ends in `$**` stands for every path below it. */
  readonly keys: readonly (readonly [path: string, key: IndexKey])[];
  /** No two documents may have the same key. */
  readonly unique?: boolean;
  /** Documents without any of the paths are left out. */
  readonly sparse?: boolean;
  /** Only documents that this filter selects are in the index. */
  readonly partialFilterExpression?: StoredText;
  /** Documents are deleted this many seconds after the date that the path holds. */
  readonly expireAfterSeconds?: number;
  /** Kept, but used by no query. */
  readonly hidden?: boolean;
  /** Of a wildcard index: the paths that are in it, or those that are not. */
  readonly wildcardProjection?: StoredText;
  /** Of a text index: how much a field counts, by its path; 1 where nothing is said. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly defaultLanguage?: string;
  /** The field that names the language of a document. */
  readonly languageOverride?: string;
  /** Numbers of a vector. */
  readonly dimensions?: number;
  readonly similarity?: Similarity;
};

/** An index as it is listed. */
export type IndexInfo = IndexSpec & {
  /** Absent: it is ready. */
  readonly build?: IndexBuildState;
};

/**
 * `building`: queries do not use it yet; `done` of about `total` documents are in it. `failed`: it holds nothing and no write is held
 * against it; it is to be dropped, or made again once the cause is gone.
 */
export type IndexBuildState =
  | { readonly state: 'building'; readonly done: number; readonly total: number }
  | { readonly state: 'failed'; readonly error: { readonly code: string; readonly message: string } };

export type Similarity = 'cosine' | 'l2' | 'dot';

export const SIMILARITIES: readonly Similarity[] = ['cosine', 'l2', 'dot'];

export type IndexOption = Exclude<keyof IndexSpec, 'name' | 'keys'>;

export type IndexOptionForm = 'boolean' | 'document' | 'count' | 'text' | 'weights' | 'similarity';

/** Every option with the form of its value, in the order in which they are encoded. */
export const INDEX_OPTIONS = {
  unique: 'boolean',
  sparse: 'boolean',
  partialFilterExpression: 'document',
  expireAfterSeconds: 'count',
  hidden: 'boolean',
  wildcardProjection: 'document',
  weights: 'weights',
  defaultLanguage: 'text',
  languageOverride: 'text',
  dimensions: 'count',
  similarity: 'similarity',
} as const satisfies Record<IndexOption, IndexOptionForm>;

/** The options that a definition has, each with the form of its value. */
export function indexOptionsOf(spec: IndexSpec): readonly (readonly [name: IndexOption, form: IndexOptionForm])[] {
  const all = Object.entries(INDEX_OPTIONS) as [IndexOption, IndexOptionForm][];
  return all.filter(([name]) => spec[name] !== undefined && spec[name] !== false);
}

/** `country_1_population_-1`: the name of an index whose maker gives it none. */
export function indexNameOf(keys: IndexSpec['keys']): string {
  return keys.map(([path, key]) => `${path}_${key}`).join('_');
}

/** Takes a path's key as a document holds it. Throws `invalid_index`. */
export function indexKeyOf(path: string, value: Value): IndexKey {
  const plain = value instanceof Double ? value.value : value;
  const key = INDEX_KEYS.find((known) => known === plain);
  if (key !== undefined) return key;
  const words = INDEX_KEYS.filter((known) => typeof known === 'string');
  const nearest = typeof plain === 'string' ? suggestNearest(plain, words) : undefined;
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const message = `The key of "${path}" must be 1, -1 or one of ${words.map((word) => `"${word}"`).join(', ')}.${hint}`;
  throw new AerolithError('invalid_index', message, { path });
}

/** Throws `invalid_index` for a name that is no option of an index, with the nearest that is one. */
export function assertIndexOptions(names: readonly string[]): void {
  const known = Object.keys(INDEX_OPTIONS);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const nearest = suggestNearest(wrong, known);
  const hint = nearest === undefined ? `There are ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  throw new AerolithError('invalid_index', `"${wrong}" is no option of an index. ${hint}`, { option: wrong, nearest });
}

/** A definition as JSON for callers: keys as an object, documents in relaxed form, options with their default left out. */
export function indexSpecText(spec: IndexInfo): string {
  const keys = spec.keys.map(([path, key]) => `${quoteText(path)}:${JSON.stringify(key)}`);
  const options = indexOptionsOf(spec).map(([name, form]) => `,"${name}":${optionText(spec[name], form)}`);
  const build = spec.build === undefined ? '' : `,"build":${JSON.stringify(spec.build)}`;
  return `{"name":${quoteText(spec.name)},"keys":{${keys.join(',')}}${options.join('')}${build}}`;
}

function optionText(value: IndexSpec[IndexOption], form: IndexOptionForm): string {
  return form === 'document' ? storedToRelaxed(value as StoredText) : JSON.stringify(value);
}

/** The definition that a text of `indexSpecText` holds; fields that are none of it are left out. */
export function indexSpecFrom(text: string): IndexInfo {
  const slices = objectSlices(text);
  const build = slices.get('build');
  const options = Object.entries(INDEX_OPTIONS).map(([name, form]) => {
    const slice = slices.get(name);
    if (slice === undefined) return [name, undefined] as const;
    return [name, form === 'document' ? toStored(parseValue(slice)) : JSON.parse(slice)] as const;
  });
  return {
    name: JSON.parse(slices.get('name') ?? '""') as string,
    keys: [...objectSlices(slices.get('keys') ?? '{}')].map(([path, key]) => [path, JSON.parse(key) as IndexKey] as const),
    ...Object.fromEntries(options.filter(([, value]) => value !== undefined)),
    ...(build !== undefined && { build: JSON.parse(build) as IndexBuildState }),
  };
}

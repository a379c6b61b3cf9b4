import type { ArgumentSpec, OptionSpec } from '../program/command-spec.ts';
import { documentArgument } from '../program/json-argument.ts';
import type { Options } from '../program/options.ts';
import type { Query } from '../remote/find-pages.ts';

export const COLLECTION: ArgumentSpec = { name: 'collection', description: 'name of the collection', required: true };

export const FILTER: ArgumentSpec = {
  name: 'filter',
  description: "which documents, as Extended JSON in single quotes; names may stand without quotes: '{age: {$gt: 30}}'",
};

export const PROJECTION: OptionSpec = {
  flags: '--projection <json>',
  description: "which fields: '{name: 1}' or '{history: 0}'",
};
export const SORT: OptionSpec = { flags: '--sort <json>', description: "order: '{age: -1, name: 1}'" };
export const SKIP: OptionSpec = { flags: '--skip <n>', description: 'documents to leave out at the beginning' };
export const HINT: OptionSpec = { flags: '--hint <index>', description: 'name of the index to use, or $natural for none' };
export const AT: OptionSpec = {
  flags: '--at <when>',
  description: 'a past state: a height, or a time such as 2026-01-31T12:00:00Z',
};

/** The query that an optional filter and the options above make. Throws usage errors. */
export function queryOf(filter: string | undefined, options: Options): Query {
  const json = (name: string) => {
    const text = options.text(name);
    return text === undefined ? undefined : documentArgument(text, name).text;
  };
  return withoutAbsent({
    filter: filter === undefined ? undefined : documentArgument(filter, 'filter').text,
    projection: json('projection'),
    sort: json('sort'),
    skip: options.whole('skip'),
    hint: options.text('hint'),
    at: options.text('at'),
  });
}

type WithoutAbsent<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(members: T): WithoutAbsent<T> {
  // Object.fromEntries forgets the types of the members; which names there are does not change.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as WithoutAbsent<T>;
}

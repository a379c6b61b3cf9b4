/** One request that is wrong, and the whole of what is promised about its answer. */
export type BadCase = {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly code: string;
  /** Further members of the problem. */
  readonly members?: Record<string, unknown>;
  readonly detail?: RegExp;
};

export const DOCUMENTS = '/v1/collections/cities/documents';
export const FIND = '/v1/collections/cities/find';
export const UPDATE = '/v1/collections/cities/update';

export const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
export const filter = (text: string): string => `{"filter":${text}}`;
export const update = (text: string): string => `{"filter":{},"update":${text}}`;

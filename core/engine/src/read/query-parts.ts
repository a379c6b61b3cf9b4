import { AerolithError, type FindRequest, parseDocument } from '@aerolithdb/protocol';
import {
  bindFilter,
  EVERYTHING,
  type Filter,
  nearOf,
  parseFilter,
  parseProjection,
  parseSort,
  type Sort,
} from '@aerolithdb/query';
import type { FoundProjection } from './outgoing.ts';

/** The parts of a find, read. */
export type QueryParts = {
  readonly filter: Filter;
  readonly projection: FoundProjection | undefined;
  /** Undefined: the order of the walk. */
  readonly sort: Sort | undefined;
  /** Undefined: no limit. */
  readonly limit: number | undefined;
  /** Documents of one page; undefined: as many as a page holds. */
  readonly batch: number | undefined;
  readonly skip: number;
};

type Request = Pick<FindRequest, 'filter' | 'now' | 'projection' | 'sort' | 'limit' | 'skip' | 'batchSize'>;

/** Throws what the parsers of filter, projection and sort throw, and `invalid_request`. A limit of 0 is none, as in MongoDB. */
export function queryParts(request: Request): QueryParts {
  const sort = request.sort === undefined ? undefined : parseSort(parseDocument(request.sort));
  const limit = wholeNumber('limit', request.limit);
  const filter = filterOf(request);
  return {
    filter,
    projection: projectionOf(request, filter),
    sort: sort?.length === 0 ? undefined : sort,
    limit: limit === 0 ? undefined : limit,
    batch: batchOf(request.batchSize),
    skip: wholeNumber('skip', request.skip) ?? 0,
  };
}

function projectionOf({ projection, now = Number.NaN }: Request, filter: Filter): FoundProjection | undefined {
  if (projection === undefined) return undefined;
  const parsed = parseProjection(parseDocument(projection), { filter, surroundings: { variables: new Map(), now } });
  const near = parsed.computed === undefined ? undefined : nearOf(filter);
  return near === undefined ? parsed : { ...parsed, near };
}

/** Without `now` in the request, `$$NOW` throws `invalid_expression`. */
export function filterOf({ filter, now = Number.NaN }: Pick<FindRequest, 'filter' | 'now'>): Filter {
  return filter === undefined
    ? EVERYTHING
    : bindFilter(parseFilter(parseDocument(filter), { ordering: true }), { variables: new Map(), now });
}

function batchOf(size: number | undefined): number | undefined {
  if (size !== 0) return wholeNumber('batchSize', size);
  throw new AerolithError('invalid_request', '"batchSize" is 0; ask for at least one document a page.', { batchSize: size });
}

/** Throws `invalid_request`. */
export function wholeNumber(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value;
  throw new AerolithError('invalid_request', `"${name}" is ${value}; it must be a whole number from 0 on.`, { [name]: value });
}

import type { StoredText } from './command.ts';

/**
 * Reads, as they cross from the door to a reader. All are values that can be cloned between threads; documents come back as
 * text, already in the form that goes out (relaxed Extended JSON), so that nothing is parsed on the way.
 */
export type ReadRequest =
  | GetRequest
  | FindRequest
  | CountRequest
  | DistinctRequest
  | AggregateRequest
  | HistoryRequest
  | ChangesRequest
  | BlockRequest;

/** A past state: a height, or milliseconds since 1970 (the last block whose time is not after it). */
export type At = { readonly height: number } | { readonly time: number };

export type GetRequest = { readonly kind: 'get'; readonly collection: string; readonly id: StoredText; readonly at?: At };

export type FindRequest = {
  readonly kind: 'find';
  readonly collection: string;
  readonly filter?: StoredText;
  readonly projection?: StoredText;
  readonly sort?: StoredText;
  /** Documents at most, over all pages; 0 and absent are none. */
  readonly limit?: number;
  /** Documents of one page at most, from 1 on. */
  readonly batchSize?: number;
  readonly skip?: number;
  /** Opaque, out of the answer before. */
  readonly cursor?: string;
  /** Name of the index to use, its keys as JSON (`{"a":1,"b":-1}`), or `$natural` for none. */
  readonly hint?: string;
  readonly at?: At;
  readonly explain?: boolean | ExplainLevel;
  /** Milliseconds since 1970 for `$$NOW`; the door sets it. */
  readonly now?: number;
};

/** A find whose whole answer is one stream of NDJSON: relaxed Extended JSON, a document a line. */
export type LinesRequest = Omit<FindRequest, 'batchSize' | 'cursor' | 'explain'>;

export type CountRequest = Omit<FindRequest, 'kind' | 'projection' | 'cursor' | 'sort' | 'batchSize'> & {
  readonly kind: 'count';
};
export type DistinctRequest = Omit<CountRequest, 'kind' | 'limit' | 'skip'> & {
  readonly kind: 'distinct';
  readonly field: string;
};
export type AggregateRequest = {
  readonly kind: 'aggregate';
  readonly collection: string;
  /** A JSON array of stages. */
  readonly pipeline: StoredText;
  readonly hint?: string;
  readonly at?: At;
  readonly explain?: boolean | ExplainLevel;
  /** false: a pipeline that memory does not hold is refused. Absent and true: its stages write into files. */
  readonly allowDiskUse?: boolean;
  /** Milliseconds since 1970 for `$$NOW`, and what `$sample` and `$rand` begin with. The door sets both: a reader knows neither clock nor chance. */
  readonly now?: number;
  readonly seed?: number;
};
export type HistoryRequest = {
  readonly kind: 'history';
  readonly collection: string;
  readonly id: StoredText;
  readonly limit?: number;
};
/** Changes after `since` (a position; 0 is the beginning), at most `limit`, of one collection or of all. */
export type ChangesRequest = {
  readonly kind: 'changes';
  readonly collection?: string;
  readonly since: number;
  readonly limit: number;
};
export type BlockRequest = { readonly kind: 'block'; readonly height: number };

/**
 * How much is told of a query. `queryPlanner`: the plan, and nothing is run. `executionStats`: the query is run too, and what it met is told
 * beside what was expected; `true` means this. `allPlansExecution`: the other plans are tried as well, each on a bounded number of documents.
 */
export type ExplainLevel = 'queryPlanner' | 'executionStats' | 'allPlansExecution';

export const EXPLAIN_LEVELS: readonly ExplainLevel[] = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** What a find, count or distinct did, in the words of `explain`. */
export type Explanation = {
  /** `id`, `index`, `scan` or `history`. */
  readonly access: 'id' | 'index' | 'scan' | 'history';
  readonly index?: string;
  /** The SQL that ran, with its parameters named. */
  readonly sql?: string;
  /** Parts of the filter that the reference evaluation decided, and why. */
  readonly residual?: readonly { readonly part: string; readonly why: string }[];
  /** Whether the sort came out of the index. */
  readonly sortedByIndex?: boolean;
  /** For each index that was not used, one sentence. */
  readonly rejected?: readonly string[];
  /** Documents that were looked at. Entries of an index that settles the filter by itself are not counted. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
  /** Names the shape of the query: the same for queries that differ in their constants alone. */
  readonly fingerprint?: string;
  /** What the planner expects: entries or documents that are read, documents that pass the filter, and the cost that was compared. */
  readonly estimated?: PlanEstimate;
  /** What was met. */
  readonly actual?: { readonly entries: number; readonly rows: number };
  /** How far `estimated.rows` is from `actual.rows`: the larger one divided by the smaller one, both at least 1. */
  readonly qError?: number;
  /** The plans that were weighed, the cheapest first. */
  readonly considered?: readonly ConsideredPlan[];
  /** aggregate: where each stage ran, in order. */
  readonly stages?: readonly StagePlace[];
  /** aggregate: bytes that stages wrote into files since memory did not hold them; absent when none. */
  readonly spilledBytes?: number;
  /** aggregate: how `$vectorSearch` found what it gave. */
  readonly vectorSearch?: VectorSearchPlace;
};

/** How vectors were searched. */
export type VectorSearchPlace = {
  /** `graph`: candidates of the graph, then the filter. `filter`: the rows of the filter, compared one by one. `all`: every vector. */
  readonly way: 'graph' | 'filter' | 'all';
  /** Candidates that the graph was asked for. */
  readonly candidates: number;
  /** Vectors that the graph does not hold, all of which were compared. */
  readonly tail: number;
  /** Vectors that were looked up and compared beside those. */
  readonly compared: number;
};

export type PlanEstimate = { readonly entries: number; readonly rows: number; readonly cost: number };

/** `plan`: the indexes it uses, or `scan`. `trial`: what it met when it was tried; `ended` when it came to its end within the trial. */
export type ConsideredPlan = PlanEstimate & {
  readonly plan: string;
  readonly trial?: { readonly entries: number; readonly rows: number; readonly ended: boolean };
};

/** `find`: as part of the search for the documents. `sql`: in the database's own statement. `memory`: over documents, one by one. */
export type StagePlace = { readonly stage: string; readonly ran: 'find' | 'sql' | 'memory' };

export type ReadAnswer = {
  readonly height: number;
  /** get: one document's text, absent when there is none. find, distinct, aggregate: a JSON array. history, block, changes: JSON. */
  readonly text?: string;
  readonly version?: number;
  readonly count?: number;
  readonly cursor?: string;
  readonly explain?: Explanation;
  /** changes: the position to go on from. */
  readonly position?: number;
};

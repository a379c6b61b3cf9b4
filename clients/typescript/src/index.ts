/// <reference lib="esnext.disposable" preserve="true" />
export {
  AerolithError,
  Binary,
  type ChangeKind,
  Decimal128,
  Double,
  type ErrorCode,
  type Explanation,
  type IndexBuildState,
  type IndexInfo,
  type IndexKey,
  type IndexSpec,
  MaxKey,
  MinKey,
  NotImplemented,
  ObjectId,
  type Receipt,
  RegularExpression,
  type StagePlace,
  Timestamp,
} from '@aerolithdb/protocol';
export * from './aerolith-client.ts';
export type { AggregateCursor, AggregateOptions, Pipeline } from './aggregate-cursor.ts';
export {
  type BulkFailure,
  type BulkWrite,
  BulkWriteError,
  type BulkWriteOptions,
  type BulkWriteResult,
} from './bulk-write.ts';
export type { CallOptions } from './calls.ts';
export type * from './change-stream.ts';
export type * from './collection.ts';
export * from './database.ts';
export type { DocumentVersion } from './document-version.ts';
export type { FindCursor, FindOptions } from './find-cursor.ts';
export type { IndexChange, IndexDefinition, IndexOptions } from './index-spec.ts';
export type * from './ledger-block.ts';
export type {
  ReplaceOptions,
  UpdateManyOptions,
  UpdateOneOptions,
  WriteOneOptions,
} from './operations.ts';
export type * from './principals.ts';
export type { Transaction, TransactionOptions, TransactionSource } from './transaction.ts';
export type { TransactionCollection } from './transaction-collection.ts';
export type { Fetch, FetchAnswer } from './transport/fetch.ts';
export type * from './transport/transport.ts';
export type { AnyDocument, IdOf, Insertable, Stored } from './types/document.ts';
export type { Condition, Filter, TextSearch } from './types/filter.ts';
export type { GeoJson, GeoOperators, NearPoint, Position, Region } from './types/geo.ts';
export type { IndexKeys } from './types/index-keys.ts';
export type { At, ProjectionPath, ReadPath, UpdatePath } from './types/path.ts';
export type { Projected, Projection } from './types/projection.ts';
export type { Sort } from './types/sort.ts';
export type { SchemaInput, SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from './types/standard-schema.ts';
export type { ArrayFilters, Update, UpdatePipeline } from './types/update.ts';
export type { DeleteResult, InsertManyResult, InsertOneResult, UpdateResult } from './write-results.ts';

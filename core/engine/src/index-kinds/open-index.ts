import type { Document } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import type { IndexBuild, IndexRecord } from '../catalogue.ts';
import type { RowRange } from './build-entries.ts';
import type { IndexChange, IndexWriter } from './index-kind.ts';
import { kindOf } from './kind-of.ts';

/** The writer of an index in whatever state it is. */
export function openIndex(connection: WriterConnection, record: IndexRecord, collection: string): IndexWriter {
  const { build } = record;
  if (build?.state === 'failed') return { record, fields: [], change: () => NO_CHANGE };
  const writer = kindOf(record).open(connection, record, collection);
  return build === undefined ? writer : new BuildingWriter(writer, build);
}

/** Whether the tables of an index are there. */
export function hasTables({ build }: IndexRecord): boolean {
  return build?.state !== 'failed';
}

/** SQL that drops what there is of an index. */
export function dropTables(record: IndexRecord): string {
  return hasTables(record) ? kindOf(record).drop(record) : '';
}

const NO_CHANGE: IndexChange = { clash: () => undefined, write: () => undefined, grown: undefined };

/** Follows the writes to rows that have their entries. The others get theirs when the build comes to them. */
class BuildingWriter implements IndexWriter {
  readonly record: IndexRecord;
  readonly fields: readonly string[] | undefined;
  readonly #writer: IndexWriter;
  readonly #build: Extract<IndexBuild, { state: 'building' }>;

  constructor(writer: IndexWriter, build: Extract<IndexBuild, { state: 'building' }>) {
    this.record = writer.record;
    this.fields = writer.fields;
    this.#writer = writer;
    this.#build = build;
  }

  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange {
    return isAhead(this.#build, rid) ? NO_CHANGE : this.#writer.change(rid, before, after);
  }
}

/** Whether the build has not come to a row yet. */
export function isAhead(build: IndexBuild | undefined, rid: number): boolean {
  return build?.state === 'building' && rid > build.built && rid <= build.until;
}

/** The rows that have their entries. */
export function builtRows({ build }: IndexRecord): readonly RowRange[] {
  if (build?.state === 'failed') return [];
  return build === undefined ? [{}] : [{ until: build.built }, { after: build.until }];
}

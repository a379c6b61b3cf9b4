import type { Catalogue } from '../catalogue.ts';
import { kindOf } from '../index-kinds/kind-of.ts';
import { hasTables } from '../index-kinds/open-index.ts';
import type { PartKind } from './part.ts';
import type { ColumnType } from './row-codec.ts';

/** A table as a backup holds it: all its columns, in the order of its key. */
export type BackupTable = {
  readonly kind: PartKind;
  /** As in the head of its parts. */
  readonly table: number;
  readonly name: string;
  readonly columns: readonly string[];
  readonly types: readonly ColumnType[];
  /** Columns of the key. */
  readonly key: readonly string[];
};

type Columns = readonly (readonly [name: string, type: ColumnType])[];

function tableOf(kind: PartKind, table: number, name: string, columns: Columns, key: readonly string[]): BackupTable {
  return { kind, table, name, columns: columns.map(([column]) => column), types: columns.map(([, type]) => type), key };
}

const META: Columns = [
  ['key', 'text'],
  ['value', 'any'],
];
const CATALOGUE: Columns = [
  ['name', 'text'],
  ['record', 'text'],
];
const COUNTERS: Columns = [
  ['collection', 'whole'],
  ['next_rid', 'whole'],
  ['documents', 'whole'],
  ['chain', 'bytes'],
];
/** Tables that every file has, but for the blocks. Their places are part of the format. */
export const SMALL_TABLES: readonly BackupTable[] = [
  tableOf('small', 0, 'meta', META, ['key']),
  tableOf('small', 1, 'catalogue', CATALOGUE, ['name']),
  tableOf('small', 2, 'counters', COUNTERS, ['collection']),
];

const DOCUMENTS: Columns = [
  ['rid', 'whole'],
  ['id', 'bytes'],
  ['version', 'whole'],
  ['doc', 'bytes'],
];
const HISTORY: Columns = [
  ['id', 'bytes'],
  ['version', 'whole'],
  ['deleted', 'whole'],
];
const INDEX: Columns = [
  ['key', 'bytes'],
  ['rid', 'whole'],
];

const BLOCK: Columns = [
  ['height', 'whole'],
  ['time', 'whole'],
  ['hash', 'bytes'],
  ['header', 'bytes'],
  ['applied_ids', 'text'],
  ['applied_results', 'text'],
  ['body', 'bytes'],
];

export const BLOCKS: BackupTable = tableOf('blocks', 0, 'blocks', BLOCK, ['height']);

/** The table that a part with this head belongs to; undefined when there is none of that kind. */
export function backupTable(kind: PartKind, table: number): BackupTable | undefined {
  if (kind === 'small') return SMALL_TABLES[table];
  if (kind === 'documents') return tableOf(kind, table, `documents_${table}`, DOCUMENTS, ['rid']);
  if (kind === 'history') return tableOf(kind, table, `history_${table}`, HISTORY, ['id', 'version']);
  if (kind === 'index') return tableOf(kind, table, `index_${table}`, INDEX, ['key', 'rid']);
  return kind === 'blocks' ? BLOCKS : undefined;
}

/** The tables of all collections, each collection's documents before its history and those indexes whose rows are kept. */
export function collectionTables({ collections }: Catalogue): BackupTable[] {
  return [...collections.values()].flatMap(({ table, indexes }) =>
    [
      backupTable('documents', table),
      backupTable('history', table),
      ...indexes
        .filter((index) => hasTables(index) && kindOf(index).backup === 'rows')
        .map((index) => backupTable('index', index.table)),
    ].filter((found) => found !== undefined),
  );
}

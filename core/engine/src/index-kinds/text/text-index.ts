import { documentTerms } from '@aerolithdb/query/text';
import type { IndexKind } from '../index-kind.ts';
import { assertTextSpec, shapeOf } from './text-shape.ts';
import { columnNames, dropTextTables, textTables } from './text-tables.ts';
import { TextWriter } from './text-writer.ts';

/** The words of strings, for `$text` and `$search`: an FTS5 table of terms. Documents without words are not in it. */
export const textIndex: IndexKind = {
  options: ['weights', 'defaultLanguage', 'languageOverride'],
  single: true,
  assertSpec: assertTextSpec,
  tables: textTables,
  drop: dropTextTables,
  open: (connection, record) => new TextWriter(connection, record),
  rowIds: ({ table }) => `SELECT rowid AS rid FROM index_${table}`,
  coversAll: () => false,
  holds(connection, record, rid, document) {
    const terms = documentTerms(shapeOf(record), document);
    const columns = columnNames(record).join(', ');
    const kept = connection.prepare<string[]>(`SELECT ${columns} FROM index_${record.table} WHERE rowid = ?`, 'raw').get(rid);
    if (terms === undefined || kept === undefined) return terms === kept;
    return terms.columns.every((column, i) => column === kept[i]);
  },
  backup: 'rebuilt',
};

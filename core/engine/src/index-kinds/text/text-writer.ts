import type { Document } from '@aerolithdb/protocol';
import { type DocumentTerms, documentTerms, EVERY_STRING, gramsOf, type TextIndexShape } from '@aerolithdb/query/text';
import type { Statement, WriterConnection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';
import type { IndexChange, IndexWriter } from '../index-kind.ts';
import { shapeOf } from './text-shape.ts';
import { columnNames } from './text-tables.ts';

/** The terms of a text index, with the statements of its tables. It keeps nothing in memory. */
export class TextWriter implements IndexWriter {
  readonly record: IndexRecord;
  readonly fields: readonly string[] | undefined;
  readonly shape: TextIndexShape;
  readonly #add: Statement;
  readonly #remove: Statement;
  readonly #addWord: Statement<number>;
  readonly #addGrams: Statement;

  constructor(connection: WriterConnection, record: IndexRecord) {
    const name = `index_${record.table}`;
    const columns = columnNames(record);
    this.record = record;
    this.shape = shapeOf(record);
    this.fields = topFields(this.shape);
    const places = columns.map(() => ', ?').join('');
    this.#add = connection.prepare(`INSERT INTO ${name}(rowid, ${columns.join(', ')}) VALUES(?${places})`);
    this.#remove = connection.prepare(`DELETE FROM ${name} WHERE rowid = ?`);
    const addWord = `INSERT INTO ${name}_words(form, stem) VALUES(?, ?) ON CONFLICT DO NOTHING RETURNING id`;
    this.#addWord = connection.prepare<number>(addWord, 'pluck');
    this.#addGrams = connection.prepare(`INSERT INTO ${name}_grams(rowid, grams) VALUES(?, ?)`);
  }

  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange {
    const removed = before === undefined ? undefined : documentTerms(this.shape, before);
    const added = after === undefined ? undefined : documentTerms(this.shape, after);
    return {
      clash: () => undefined,
      write: () => this.#write(rid, removed, added),
      grown: undefined,
    };
  }

  #write(rid: number, removed: DocumentTerms | undefined, added: DocumentTerms | undefined): void {
    if (removed !== undefined && added !== undefined && sameColumns(removed, added)) return;
    if (removed !== undefined) this.#remove.run(rid);
    if (added === undefined) return;
    this.#add.run(rid, ...added.columns);
    for (const [form, stem] of added.words) {
      const id = this.#addWord.get(form, stem);
      if (id !== undefined) this.#addGrams.run(id, gramsOf(form).join(' '));
    }
  }
}

/** Where the terms come from; undefined: any field. */
function topFields({ fields, paths, languageOverride }: TextIndexShape): readonly string[] | undefined {
  if (fields.includes(EVERY_STRING)) return undefined;
  return [...new Set([...paths.map((path) => path[0]!), languageOverride])];
}

function sameColumns(a: DocumentTerms, b: DocumentTerms): boolean {
  return a.columns.every((terms, i) => terms === b.columns[i]);
}

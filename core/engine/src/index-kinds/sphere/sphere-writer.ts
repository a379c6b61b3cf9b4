import type { Document } from '@aerolithdb/protocol';
import type { Box } from '@aerolithdb/query';
import type { Statement, WriterConnection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';
import type { IndexChange, IndexWriter } from '../index-kind.ts';
import { partsOf } from './sphere-parts.ts';

const NOTHING: IndexChange = { clash: () => undefined, write: () => undefined, grown: undefined };
const NO_PARTS: readonly Box[] = [];

/** The entries of an index of places, with the statements of its tables. */
export class SphereWriter implements IndexWriter {
  readonly record: IndexRecord;
  readonly fields: readonly string[];
  readonly #add: Statement;
  readonly #remove: Statement;
  readonly #addPart: Statement;
  readonly #removeParts: Statement;
  readonly #partsOf: Statement<number>;
  readonly #least: Statement<number | null>;

  constructor(connection: WriterConnection, record: IndexRecord) {
    const tree = `index_${record.table}`;
    this.record = record;
    this.fields = [record.keys[0]![0].split('.')[0]!];
    this.#add = connection.prepare(`INSERT INTO ${tree} VALUES(?, ?, ?, ?, ?, ?, ?)`);
    this.#remove = connection.prepare(`DELETE FROM ${tree} WHERE id = ?`);
    this.#addPart = connection.prepare(`INSERT INTO ${tree}_parts(id, rid) VALUES(?, ?)`);
    this.#removeParts = connection.prepare(`DELETE FROM ${tree}_parts WHERE rid = ?`);
    this.#partsOf = connection.prepare<number>(`SELECT id FROM ${tree}_parts WHERE rid = ?`, 'pluck');
    this.#least = connection.prepare<number | null>(`SELECT min(id) FROM ${tree}_parts`, 'pluck');
  }

  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange {
    const added = after === undefined ? NO_PARTS : partsOf(this.record, after);
    const removed = before === undefined ? NO_PARTS : partsOf(this.record, before);
    if (sameBoxes(removed, added)) return NOTHING;
    return {
      clash: () => undefined,
      write: () => {
        if (removed.length > 0) this.#removeAll(rid, removed.length);
        if (added.length > 0) this.#addAll(rid, added);
      },
      grown: this.#grown(added.length),
    };
  }

  /** A document with several parts has several entries, which those who look for damage must know. */
  #grown(parts: number): IndexRecord | undefined {
    return parts > 1 && this.record.multikey.length === 0 ? { ...this.record, multikey: [0] } : undefined;
  }

  #removeAll(rid: number, parts: number): void {
    if (parts === 1) {
      this.#remove.run(rid);
      return;
    }
    for (const id of this.#partsOf.all(rid)) this.#remove.run(id);
    this.#removeParts.run(rid);
  }

  #addAll(rid: number, boxes: readonly Box[]): void {
    if (boxes.length === 1) {
      this.#add.run(rid, ...boxes[0]!);
      return;
    }
    let id = this.#least.get() ?? 0;
    for (const box of boxes) {
      id -= 1;
      this.#add.run(id, ...box);
      this.#addPart.run(id, rid);
    }
  }
}

function sameBoxes(a: readonly Box[], b: readonly Box[]): boolean {
  return a.length === b.length && a.every((box, i) => box.every((side, k) => side === b[i]![k]));
}

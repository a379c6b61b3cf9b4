import { compareValues, type Document, integer, parseValue, type Value } from '@aerolithdb/protocol';
import { type GroupStage, type MemoryBudget, Sum, valueKey } from '@aerolithdb/query';
import type { QueryPlan } from '../../plan/query-plan.ts';
import type { Fragment } from '../../plan/sql-fragment.ts';
import { execute } from '../../plan/walk.ts';
import type { ReadContext } from '../read-context.ts';
import { extremeValue, type Gathering, sumPart, widthOf } from './group-columns.ts';
import { type GroupOutput, type GroupParts, groupParts } from './group-parts.ts';
import { type GroupRow, groupStatements } from './group-statement.ts';

/** Bytes that a group takes, without its key. */
const GROUP_BYTES = 256;

/**
 * What a `$group` right after the front of a pipeline gives, grouped by SQLite by the texts of the keys; keys that are equal without
 * having the same text (5 and 5.0) are put together here. Undefined when SQL cannot say the stage, or met a value that it cannot judge.
 * Throws `pipeline_too_large`.
 */
export function groupBySql(
  { connection }: ReadContext,
  plan: QueryPlan,
  stage: GroupStage,
  memory: MemoryBudget,
): readonly Document[] | undefined {
  const parts = groupParts(stage);
  if (parts === undefined || !eachDocumentOnce(plan)) return undefined;
  const gatherings = gatheringsOf(parts.outputs);
  const groups = new Map<string, PartialGroup>();
  try {
    for (const statement of groupStatements(plan, parts, gatherings)) {
      for (const row of execute<GroupRow>(connection, statement)) {
        if (row[0] === 0) continue;
        if (row[1] === 1) return undefined;
        const id = idOf(parts, row);
        const key = valueKey(id);
        const group = groups.get(key) ?? new PartialGroup(id, gatherings);
        if (!groups.has(key)) memory.take(GROUP_BYTES + key.length, '$group');
        groups.set(key, group);
        if (!group.add(row, 2 + parts.keys.length)) return undefined;
      }
    }
  } catch (error) {
    if (isOverflow(error)) return undefined;
    throw error;
  }
  return [...groups.values()].map((group) => group.document(parts.outputs));
}

/** The first of the statements by which `groupBySql` groups; undefined when it does not. */
export function groupStatement(plan: QueryPlan, stage: GroupStage): Fragment | undefined {
  const parts = groupParts(stage);
  if (parts === undefined) return undefined;
  const [first] = groupStatements(plan, parts, gatheringsOf(parts.outputs));
  return first;
}

/** Without an index in which a document has several entries: SQL would count it as often. */
function eachDocumentOnce({ access }: QueryPlan): boolean {
  return access.kind === 'scan' || (access.kind === 'keys' && !access.repeats);
}

function isOverflow(error: unknown): boolean {
  return error instanceof Error && /integer overflow/.test(error.message);
}

function gatheringsOf(outputs: readonly GroupOutput[]): readonly Gathering[] {
  const all = new Map<string, Gathering>();
  for (const output of outputs) {
    if (output.of === 'count') continue;
    const gathering = { of: output.of === 'average' ? 'sum' : output.of, path: output.path } as const;
    all.set(idOfGathering(gathering), gathering);
  }
  return [...all.values()];
}

function idOfGathering({ of, path }: { readonly of: GroupOutput['of']; readonly path: readonly string[] }): string {
  return `${of === 'average' ? 'sum' : of} ${path.join('.')}`;
}

function idOf({ keys, constant }: GroupParts, row: GroupRow): Value {
  if (keys.length === 0) return constant;
  if (keys[0]?.name === undefined) return row[2] === null || row[2] === undefined ? null : parseValue(String(row[2]));
  const id: Document = new Map();
  keys.forEach(({ name }, i) => {
    const text = row[2 + i];
    if (text !== null && text !== undefined) id.set(name!, parseValue(String(text)));
  });
  return id;
}

/** One group, put together out of what the statements give of it. */
class PartialGroup {
  readonly #id: Value;
  readonly #gatherings: readonly Gathering[];
  readonly #sums = new Map<string, Sum>();
  readonly #extremes = new Map<string, Value>();
  #rows = 0;

  constructor(id: Value, gatherings: readonly Gathering[]) {
    this.#id = id;
    this.#gatherings = gatherings;
    for (const gathering of gatherings) if (gathering.of === 'sum') this.#sums.set(idOfGathering(gathering), new Sum());
  }

  /** Takes a row whose gatherings begin at a column; false when SQL had no number for a sum. */
  add(row: GroupRow, from: number): boolean {
    this.#rows += row[0];
    let at = from;
    for (const gathering of this.#gatherings) {
      const key = idOfGathering(gathering);
      if (gathering.of === 'sum') {
        const part = sumPart(row, at);
        if (part === undefined) return false;
        this.#sums.get(key)!.addPart(part);
      } else this.#addExtreme(key, gathering.of === 'least' ? 1 : -1, extremeValue(row, at));
      at += widthOf(gathering);
    }
    return true;
  }

  document(outputs: readonly GroupOutput[]): Document {
    const document: Document = new Map([['_id', this.#id]]);
    for (const output of outputs) document.set(output.name, this.#valueOf(output));
    return document;
  }

  #addExtreme(key: string, direction: 1 | -1, value: Value | undefined): void {
    const known = this.#extremes.get(key);
    if (value !== undefined && (known === undefined || direction * compareValues(value, known) < 0))
      this.#extremes.set(key, value);
  }

  #valueOf(output: GroupOutput): Value {
    if (output.of === 'count') return integer(this.#rows);
    const key = idOfGathering(output);
    if (output.of === 'sum') return this.#sums.get(key)!.total();
    if (output.of === 'average') return this.#sums.get(key)!.average() ?? null;
    return this.#extremes.get(key) ?? null;
  }
}

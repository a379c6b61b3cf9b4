import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Scope } from '../expression/expression.ts';
import type { Accumulating, Accumulator } from './accumulators/accumulator.ts';
import { sizeOf } from './memory-budget.ts';
import { type Run, scopeOf } from './run.ts';
import { valueKey } from './value-key.ts';

/** Bytes that an accumulator takes before it holds anything. */
const ACCUMULATOR_BYTES = 64;

type Group = { readonly id: Value; readonly accumulating: readonly Accumulating[] };

/** Groups of documents by a value, with what their accumulators hold. Throws `pipeline_too_large`. */
export class Groups {
  readonly #stage: string;
  readonly #names: readonly string[];
  readonly #accumulators: readonly Accumulator[];
  readonly #run: Run;
  readonly #groups = new Map<string, Group>();

  constructor(stage: string, outputs: ReadonlyMap<string, Accumulator>, run: Run) {
    this.#stage = stage;
    this.#names = [...outputs.keys()];
    this.#accumulators = [...outputs.values()];
    this.#run = run;
  }

  has(id: Value): boolean {
    return this.#groups.has(valueKey(id));
  }

  add(id: Value, scope: Scope): void {
    const { accumulating } = this.#group(id);
    for (const one of accumulating) one.add(scope);
  }

  /** One document a group, in the order of their first documents. */
  *documents(): Generator<Document> {
    for (const { id, accumulating } of this.#groups.values()) {
      const document: Document = new Map([['_id', id]]);
      accumulating.forEach((one, i) => {
        document.set(this.#names[i]!, one.value() ?? null);
      });
      yield document;
    }
  }

  #group(id: Value): Group {
    const key = valueKey(id);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const { memory } = this.#run;
    memory.take(sizeOf(id) + key.length + ACCUMULATOR_BYTES * (1 + this.#accumulators.length), this.#stage);
    // What an accumulator may know of its group: the key, when it is an object.
    const scope = scopeOf(this.#run, isDocument(id) ? id : new Map());
    const group = { id, accumulating: this.#accumulators.map((accumulator) => accumulator.begin(memory, scope)) };
    this.#groups.set(key, group);
    return group;
  }
}

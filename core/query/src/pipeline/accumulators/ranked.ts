import { compareValues, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { asWholeNumber } from '../../numeric.ts';
import { compareSortKeys, parseSort, sortKey } from '../../sort.ts';
import { type MemoryBudget, sizeOf } from '../memory-budget.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { documentOf, optionsOf } from '../stage-arguments.ts';
import type { Accumulator } from './accumulator.ts';

/** The first `count` items of an order out of any number; equal ones in the order they come. */
class Best<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #count: number;
  #items: T[] = [];

  constructor(count: number, compare: (a: T, b: T) => number) {
    this.#count = count;
    this.#compare = compare;
  }

  /** Whether the item was kept. */
  add(item: T): boolean {
    let at = this.#items.length;
    while (at > 0 && this.#compare(item, this.#items[at - 1]!) < 0) at--;
    if (at >= this.#count) return false;
    this.#items.splice(at, 0, item);
    if (this.#items.length > this.#count) this.#items.pop();
    return true;
  }

  get items(): readonly T[] {
    return this.#items;
  }
}

/** `$top` and `$bottom` (one) and `$topN` and `$bottomN` (a list): the output of the first or last documents of an order. */
export function rankedOf(operator: '$top' | '$topN' | '$bottom' | '$bottomN', argument: Value, reading: Reading): Accumulator {
  const many = operator.endsWith('N');
  const names = many ? ['n', 'sortBy', 'output'] : ['sortBy', 'output'];
  const options = optionsOf(operator, argument, names, names);
  const sort = parseSort(documentOf(operator, options.get('sortBy'), 'an object of fields with 1 or -1 as "sortBy"'));
  const output = parseExpression(options.get('output')!, reading);
  const size = many ? countOf(operator, options.get('n')!, reading) : undefined;
  type Row = { readonly key: readonly Value[]; readonly output: Value; readonly ordinal: number };
  const bottom = operator.startsWith('$bottom');
  // The last ones of an order are the first ones of its reverse, told in reverse.
  const compare = (a: Row, b: Row) => {
    const order = compareSortKeys(sort, a.key, b.key) || a.ordinal - b.ordinal;
    return bottom ? -order : order;
  };
  const paths = pathsOf(
    [output],
    sort.map(({ path }) => path.join('.')),
  );
  return {
    operator,
    argument,
    paths,
    begin(memory, group) {
      const best = new Best<Row>(size === undefined ? 1 : size(group), compare);
      let ordinal = 0;
      const held = new Held(memory, operator);
      return {
        add(scope) {
          const row = { key: sortKey(sort, scope.root), output: output.evaluate(scope) ?? null, ordinal: ordinal++ };
          if (best.add(row)) held.grow(row.output, best.items.length);
        },
        value() {
          const outputs = best.items.map((row) => row.output);
          if (!many) return outputs[0] ?? null;
          return bottom ? outputs.reverse() : outputs;
        },
      };
    },
  };
}

/** `$firstN`, `$lastN`, `$minN`, `$maxN`: several values of `input`. */
export function severalOf(operator: '$firstN' | '$lastN' | '$minN' | '$maxN', argument: Value, reading: Reading): Accumulator {
  const options = optionsOf(operator, argument, ['input', 'n'], ['input', 'n']);
  const input = parseExpression(options.get('input')!, reading);
  const size = countOf(operator, options.get('n')!, reading);
  return {
    operator,
    argument,
    paths: input.paths,
    begin(memory, group) {
      const begin = SEVERAL[operator];
      const folding = begin(size(group), new Held(memory, operator));
      return { add: (scope) => folding.add(input.evaluate(scope)), value: () => folding.value() };
    },
  };
}

type Several = { add(value: Value | undefined): void; value(): Value };

const SEVERAL: Readonly<Record<'$firstN' | '$lastN' | '$minN' | '$maxN', (count: number, held: Held) => Several>> = {
  $firstN: (count, held) => {
    const values: Value[] = [];
    const add = (value: Value | undefined) => {
      if (values.length < count) held.grow(value, values.push(value ?? null));
    };
    return { add, value: () => values };
  },
  $lastN: (count, held) => {
    const values: Value[] = [];
    const add = (value: Value | undefined) => {
      held.grow(value, values.push(value ?? null));
      if (values.length > count) values.shift();
    };
    return { add, value: () => values };
  },
  $minN: (count, held) => extremes(count, compareValues, held),
  $maxN: (count, held) => extremes(count, (a, b) => compareValues(b, a), held),
};

function extremes(count: number, compare: (a: Value, b: Value) => number, held: Held): Several {
  const best = new Best<Value>(count, compare);
  const add = (value: Value | undefined) => {
    if (value !== undefined && value !== null && best.add(value)) held.grow(value, best.items.length);
  };
  return { add, value: () => [...best.items] };
}

/** Counts what a list holds that only grows up to some length: a value that takes the place of another is counted as it. */
class Held {
  readonly #memory: MemoryBudget;
  readonly #operator: string;
  #length = 0;

  constructor(memory: MemoryBudget, operator: string) {
    this.#memory = memory;
    this.#operator = operator;
  }

  grow(value: Value | undefined, length: number): void {
    if (length <= this.#length) return;
    this.#length = length;
    this.#memory.take(sizeOf(value), this.#operator);
  }
}

/** `n`: a whole number from 1 on. It may depend on the key of the group. */
function countOf(operator: string, source: Value, reading: Reading): (group: Scope) => number {
  const expression = parseExpression(source, reading);
  return (group) => {
    const count = asWholeNumber(expression.evaluate(group));
    if (count !== undefined && count >= 1) return count;
    throw invalidPipeline(operator, `${operator} takes a whole number from 1 on as "n".`, { field: 'n' });
  };
}

export function pathsOf(expressions: readonly Expression[], more: readonly string[] = []): readonly string[] | undefined {
  const all = [...more];
  for (const { paths } of expressions) {
    if (paths === undefined) return undefined;
    all.push(...paths);
  }
  return all;
}

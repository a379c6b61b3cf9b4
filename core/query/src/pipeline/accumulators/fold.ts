import { compareValues, type Value } from '@aerolithdb/protocol';
import { parseExpression } from '../../expression/parse-expression.ts';
import { type MemoryBudget, sizeOf } from '../memory-budget.ts';
import type { Reading } from '../reading.ts';
import { valueKey } from '../value-key.ts';
import type { Accumulator } from './accumulator.ts';

/** Gathers the values of one expression. */
export interface Folding {
  add(value: Value | undefined): void;
  value(): Value | undefined;
}

/** An accumulator whose argument is one expression. */
export function foldOf(
  operator: string,
  argument: Value,
  reading: Reading,
  begin: (memory: MemoryBudget) => Folding,
): Accumulator {
  const expression = parseExpression(argument, reading);
  return {
    operator,
    argument,
    paths: expression.paths,
    begin(memory) {
      const folding = begin(memory);
      return { add: (scope) => folding.add(expression.evaluate(scope)), value: () => folding.value() };
    },
  };
}

/** The least (1) or greatest (-1) value in BSON order, without null and missing ones; null when there is none. */
export function extremeOf(direction: 1 | -1): () => Folding {
  return () => {
    let best: Value | undefined;
    return {
      add(value) {
        if (value === undefined || value === null) return;
        if (best === undefined || direction * compareValues(value, best) < 0) best = value;
      },
      value: () => best ?? null,
    };
  };
}

export function firstOf(): Folding {
  let first: Value | undefined;
  let has = false;
  return {
    add(value) {
      if (!has) first = value;
      has = true;
    },
    value: () => first ?? null,
  };
}

export function lastOf(): Folding {
  let last: Value | undefined;
  return {
    add(value) {
      last = value;
    },
    value: () => last ?? null,
  };
}

/** All values in the order they come; missing ones are left out. */
export function pushOf(memory: MemoryBudget): Folding {
  const values: Value[] = [];
  return {
    add(value) {
      if (value === undefined) return;
      memory.take(sizeOf(value), '$push');
      values.push(value);
    },
    value: () => values,
  };
}

/** Each value once; missing ones are left out. */
export function addToSetOf(memory: MemoryBudget): Folding {
  const keys = new Set<string>();
  const values: Value[] = [];
  return {
    add(value) {
      if (value === undefined) return;
      const key = valueKey(value);
      if (keys.has(key)) return;
      memory.take(sizeOf(value) + key.length, '$addToSet');
      keys.add(key);
      values.push(value);
    },
    value: () => values,
  };
}

import { double, isDocument, typeName, type Value } from '@aerolithdb/protocol';
import { asNumber } from '../../numeric.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Folding } from './fold.ts';
import { Sum } from './sum.ts';

export function sumOf(): Folding {
  const sum = new Sum();
  return { add: (value) => sum.add(value), value: () => sum.total() };
}

/** Null for no number. */
export function averageOf(): Folding {
  const sum = new Sum();
  return { add: (value) => sum.add(value), value: () => sum.average() ?? null };
}

/** The standard deviation by Welford's recurrence; null for too few numbers: a population needs one, a sample two. */
export function deviationOf(kind: 'population' | 'sample'): () => Folding {
  return () => {
    let count = 0;
    let mean = 0;
    let squares = 0;
    return {
      add(value) {
        const number = asNumber(value);
        if (number === undefined) return;
        count++;
        const difference = number - mean;
        mean += difference / count;
        squares += difference * (number - mean);
      },
      value() {
        const divisor = kind === 'population' ? count : count - 1;
        return divisor < 1 ? null : double(Math.sqrt(squares / divisor));
      },
    };
  };
}

/** Fields of later objects win; null and missing are left out. */
export function mergeObjectsOf(): Folding {
  const merged = new Map<string, Value>();
  return {
    add(value) {
      if (value === undefined || value === null) return;
      if (!isDocument(value))
        throw invalidPipeline('$mergeObjects', `$mergeObjects met a value of type ${typeName(value)}; it takes objects.`);
      for (const [name, inner] of value) merged.set(name, inner);
    },
    value: () => merged,
  };
}

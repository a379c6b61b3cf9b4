import type { Sort } from '@aerolithdb/query';
import type { KeySource } from './candidate.ts';

/**
 * Whether walking a source gives this order. Keys with a single value (the first `singles`) may be left out of the sort or stand
 * anywhere in it. Undefined: no, or an array on a path of the source gives documents several places.
 */
export function matchSort(source: KeySource, singles: number, sort: Sort): 'forward' | 'reverse' | undefined {
  if (source.multikey.length > 0 || sort.some(({ meta }) => meta !== undefined)) return undefined;
  const fixed = new Set(source.keys.slice(0, singles).map(([path]) => path));
  const wanted = sort.map(({ path, direction }) => ({ path: path.join('.'), direction })).filter(({ path }) => !fixed.has(path));
  let column = 0;
  let turn: 1 | -1 | undefined;
  for (const { path, direction } of wanted) {
    while (column < singles && source.keys[column]![0] !== path) column++;
    const key = source.keys[column++];
    if (key === undefined || key[0] !== path) return undefined;
    const relative = key[1] === direction ? 1 : -1;
    turn ??= relative;
    if (turn !== relative) return undefined;
  }
  return turn === -1 ? 'reverse' : 'forward';
}

import { RegularExpression, type Value } from '@aerolithdb/protocol';
import type { Request } from './request.ts';

/**
 * What a request asks for, in words that a row of known differences can name: every operator and stage by its name, and
 * `find`, `update`, `sort`, `projection`, `computed` (a path as a value), `null`, `list`, `object`, `dots` (a name with a dot in it), `digits` (a
 * part of a name or of a path that is a number), `range` (any of $gt, $gte, $lt, $lte), `bits` (any of $bitsAllSet and its like).
 */
export function featuresOf(request: Request): ReadonlySet<string> {
  const features = new Set<string>([request.kind]);
  const { kind, ...parts } = request;
  for (const [name, part] of Object.entries(parts)) {
    features.add(name);
    if (typeof part === 'object') for (const feature of featuresIn(part as Value)) features.add(feature);
  }
  return features;
}

function* featuresIn(value: Value): Generator<string> {
  if (value === null) yield 'null';
  if (value instanceof RegularExpression) yield '$regex';
  if (typeof value === 'string' && value.startsWith('$')) {
    yield 'computed';
    if (/\.\d+(\.|$)/.test(value)) yield 'digits';
  }
  if (Array.isArray(value)) {
    yield 'list';
    for (const element of value) yield* featuresIn(element);
  }
  if (!(value instanceof Map)) return;
  if (![...value.keys()].some((name) => name.startsWith('$'))) yield 'object';
  for (const [name, inner] of value) {
    if (/^\$[gl]te?$/.test(name)) yield 'range';
    if (name.startsWith('$bits')) yield 'bits';
    if (name.startsWith('$')) yield name;
    else {
      if (name.includes('.')) yield 'dots';
      if (/(^|\.)\d+(\.|$)/.test(name)) yield 'digits';
    }
    yield* featuresIn(inner);
  }
}

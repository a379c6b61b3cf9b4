import { isDocument, type Value } from '@aerolithdb/protocol';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Stage } from '../stage.ts';
import { documentOf, listOf, optionsOf, stringOf } from '../stage-arguments.ts';
import { parseSet } from './set.ts';
import { parseSetWindowFields } from './set-window-fields.ts';

/** `$fill` is a `$setWindowFields` for what the documents around tell, and a `$set` for what a value tells. */
export function parseFill(value: Value, reading: Reading): readonly Stage[] {
  const options = optionsOf('$fill', value, ['partitionBy', 'partitionByFields', 'sortBy', 'output'], ['output']);
  const output = [...documentOf('$fill', options.get('output'), 'an object of fields as "output"')].map(fillOf);
  const byMethod = output.filter(({ method }) => method !== undefined);
  const byValue = output.filter(({ method }) => method === undefined);
  const stages: Stage[] = [];
  if (byMethod.length > 0) {
    const windows = new Map<string, Value>([
      ['output', new Map(byMethod.map(({ field, method }) => [field, new Map([[method!, `$${field}`]])]))],
    ]);
    const partitionBy = options.get('partitionBy') ?? fieldsAsObject(options.get('partitionByFields'));
    const sortBy = options.get('sortBy');
    if (partitionBy !== undefined) windows.set('partitionBy', partitionBy);
    if (sortBy !== undefined) windows.set('sortBy', sortBy);
    stages.push(parseSetWindowFields(windows, reading));
  }
  if (byValue.length > 0) {
    const fields = byValue.map(({ field, value: given }) => [field, new Map([['$ifNull', [`$${field}`, given]]])] as const);
    stages.push(parseSet(new Map<string, Value>(fields), reading));
  }
  return stages;
}

const METHODS: ReadonlyMap<Value, string> = new Map([
  ['linear', '$linearFill'],
  ['locf', '$locf'],
]);

type Fill = { readonly field: string; readonly method?: string; readonly value: Value };

function fillOf([field, how]: readonly [string, Value]): Fill {
  const entry = isDocument(how) && how.size === 1 ? [...how][0]! : undefined;
  if (entry?.[0] === 'value') return { field, value: entry[1] };
  const method = entry?.[0] === 'method' ? METHODS.get(entry[1]) : undefined;
  if (method !== undefined) return { field, method, value: null };
  throw invalidPipeline('$fill', `"${field}" of $fill takes {"value": …} or {"method": "linear"} or {"method": "locf"}.`, {
    field,
  });
}

function fieldsAsObject(names: Value | undefined): Value | undefined {
  if (names === undefined) return undefined;
  const list = listOf('$fill', names, 'partitionByFields').map((name) => stringOf('$fill', name, 'partitionByFields'));
  return new Map(list.map((name) => [name.replaceAll('.', '_'), `$${name}`]));
}

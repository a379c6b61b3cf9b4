import type { Document, Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import type { Path } from '../../filter.ts';
import { parseSort, type Sort } from '../../sort.ts';
import type { Reading } from '../reading.ts';
import type { Run } from '../run.ts';
import { documentOf, fieldPath, optionsOf } from '../stage-arguments.ts';
import { parseWindowFunction } from '../windows/parse-window-function.ts';
import { type Partition, partitionsOf } from '../windows/partition.ts';
import type { WindowFunction } from '../windows/window-function.ts';
import { withValue } from '../with-value.ts';

/** `$setWindowFields`: fields out of the documents around each, in its partition and its order. */
export type SetWindowFieldsStage = {
  readonly kind: 'setWindowFields';
  readonly partitionBy: Expression | undefined;
  readonly sort: Sort;
  readonly outputs: readonly (readonly [path: Path, of: WindowFunction])[];
};

export function parseSetWindowFields(value: Value, reading: Reading): SetWindowFieldsStage {
  const name = '$setWindowFields';
  const options = optionsOf(name, value, ['partitionBy', 'sortBy', 'output'], ['output']);
  const [partitionBy, sortBy] = [options.get('partitionBy'), options.get('sortBy')];
  const sort = sortBy === undefined ? [] : parseSort(documentOf(name, sortBy, 'an object of fields with 1 or -1 as "sortBy"'));
  const output = documentOf(name, options.get('output'), 'an object of window functions as "output"');
  return {
    kind: 'setWindowFields',
    partitionBy: partitionBy === undefined ? undefined : parseExpression(partitionBy, reading),
    sort,
    outputs: [...output].map(([field, of]) => [fieldPath(name, field), parseWindowFunction(field, of, sort, reading)]),
  };
}

/** Partition after partition, each in its order. One partition is held at a time. */
export function* runSetWindowFields(stage: SetWindowFieldsStage, input: Iterable<Document>, run: Run): Generator<Document> {
  for (const partition of partitionsOf(input, stage.partitionBy, stage.sort, run)) yield* withFields(stage, partition, run);
}

function* withFields({ outputs }: SetWindowFieldsStage, partition: Partition, run: Run): Generator<Document> {
  const columns = outputs.map(([path, of]) => ({ path, values: of(partition, run.memory) }));
  for (const [row, { root }] of partition.scopes.entries())
    yield columns.reduce((document, { path, values }) => withValue(document, path, values[row]), root);
}

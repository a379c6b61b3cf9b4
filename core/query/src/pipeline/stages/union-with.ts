import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { innerPipeline } from '../inner-pipeline.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Run } from '../run.ts';
import type { Stage } from '../stage.ts';
import { optionsOf, stringOf } from '../stage-arguments.ts';

/** `$unionWith`: after all documents, those of another collection. `from` is undefined when the pipeline brings its own. */
export type UnionWithStage = {
  readonly kind: 'unionWith';
  readonly from: string | undefined;
  readonly pipeline: readonly Stage[];
};

export function parseUnionWith(value: Value, reading: Reading): UnionWithStage {
  if (!isDocument(value)) return { kind: 'unionWith', from: stringOf('$unionWith', value, 'coll'), pipeline: [] };
  const options = optionsOf('$unionWith', value, ['coll', 'pipeline']);
  const pipeline = innerPipeline('$unionWith', options.get('pipeline'), reading);
  const from = options.get('coll');
  if (from === undefined && pipeline[0]?.kind !== 'documents')
    throw invalidPipeline(
      '$unionWith',
      '$unionWith needs "coll", the name of a collection, unless its pipeline begins with $documents.',
    );
  return { kind: 'unionWith', from: from === undefined ? undefined : stringOf('$unionWith', from, 'coll'), pipeline };
}

export function* runUnionWith({ from, pipeline }: UnionWithStage, input: Iterable<Document>, run: Run): Generator<Document> {
  yield* input;
  yield* run.sources.aggregate(pipeline, { ...run, collection: from ?? run.collection });
}

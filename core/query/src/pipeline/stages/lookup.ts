import type { Document, Value } from '@aerolithdb/protocol';
import type { Path } from '../../filter.ts';
import { soughtValues } from '../foreign-table.ts';
import { hold } from '../held-documents.ts';
import { innerPipeline } from '../inner-pipeline.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import type { Stage } from '../stage.ts';
import { type Bindings, bind, bindingsOf, fieldPathOf, optionsOf, stringOf } from '../stage-arguments.ts';
import { withValue } from '../with-value.ts';

/** `$lookup`: documents of another collection, by a field, by a pipeline, or by both. */
export type LookupStage = {
  readonly kind: 'lookup';
  /** Undefined: the pipeline brings its own documents. */
  readonly from: string | undefined;
  readonly as: Path;
  readonly fields: { readonly local: Path; readonly foreign: Path } | undefined;
  readonly bindings: Bindings;
  readonly pipeline: readonly Stage[];
};

const OPTIONS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

export function parseLookup(value: Value, reading: Reading): LookupStage {
  const options = optionsOf('$lookup', value, OPTIONS, ['as']);
  const bindings = bindingsOf('$lookup', options.get('let'), reading);
  const pipeline = innerPipeline('$lookup', options.get('pipeline'), reading, bindings);
  const from = options.get('from');
  if (from === undefined && pipeline[0]?.kind !== 'documents')
    throw invalidPipeline(
      '$lookup',
      '$lookup needs "from", the name of a collection, unless its pipeline begins with $documents.',
    );
  return {
    kind: 'lookup',
    from: from === undefined ? undefined : stringOf('$lookup', from, 'from'),
    as: fieldPathOf('$lookup', options.get('as'), 'as'),
    fields: fieldsOf(options),
    bindings,
    pipeline,
  };
}

function fieldsOf(options: Document): LookupStage['fields'] {
  const [local, foreign] = [options.get('localField'), options.get('foreignField')];
  if (local === undefined && foreign === undefined) {
    if (options.has('pipeline')) return undefined;
    throw invalidPipeline('$lookup', '$lookup needs "localField" and "foreignField", or a "pipeline".');
  }
  return {
    local: fieldPathOf('$lookup', local, 'localField'),
    foreign: fieldPathOf('$lookup', foreign, 'foreignField'),
  };
}

export function* runLookup(stage: LookupStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const find = finderOf(stage, { ...run, collection: stage.from ?? run.collection });
  for (const document of input) {
    const found = hold(find(document), run.memory, '$lookup');
    yield withValue(document, stage.as, found.documents);
    run.memory.give(found.bytes);
  }
}

type Finder = (document: Document) => Iterable<Document>;

function finderOf({ fields, bindings, pipeline }: LookupStage, run: Run): Finder {
  const { sources } = run;
  const inner = (document: Document): Run => ({ ...run, variables: bind(bindings, scopeOf(run, document)) });
  if (fields !== undefined) {
    const probe = sources.prober(fields.foreign, run);
    return (document) => probe(soughtValues(document, fields.local), pipeline, inner(document));
  }
  if (bindings.length > 0) return (document) => sources.aggregate(pipeline, inner(document));
  // Nothing of the document is asked for, so that all get the same.
  let same: readonly Document[] | undefined;
  return () => {
    same ??= hold(sources.aggregate(pipeline, run), run.memory, '$lookup').documents;
    return same;
  };
}

import type { Document, Value } from '@aerolithdb/protocol';
import { hold } from '../held-documents.ts';
import { innerPipeline } from '../inner-pipeline.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Run } from '../run.ts';
import { runStages } from '../run-stages.ts';
import type { Stage } from '../stage.ts';
import { documentOf, fieldNameOf } from '../stage-arguments.ts';
import { stageName } from '../stage-name.ts';
import { SOURCE_KINDS } from './sources.ts';

/** `$facet`: several pipelines over the same documents, each into a field of one document. */
export type FacetStage = { readonly kind: 'facet'; readonly facets: ReadonlyMap<string, readonly Stage[]> };

const NOT_INSIDE: ReadonlySet<string> = new Set(['facet', ...SOURCE_KINDS]);

export function parseFacet(value: Value, reading: Reading): FacetStage {
  const fields = documentOf('$facet', value, 'an object of pipelines');
  if (fields.size === 0) throw invalidPipeline('$facet', '$facet names no field; name at least one with its pipeline.');
  const facets = [...fields].map(([name, pipeline]) => {
    const stages = innerPipeline('$facet', pipeline, reading);
    const wrong = stages.find((stage) => NOT_INSIDE.has(stage.kind));
    if (wrong !== undefined) throw invalidPipeline('$facet', `${stageName(wrong)} cannot stand inside $facet.`);
    return [fieldNameOf('$facet', name), stages] as const;
  });
  return { kind: 'facet', facets: new Map(facets) };
}

export function* runFacet({ facets }: FacetStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const { documents } = hold(input, run.memory, '$facet');
  const result: Document = new Map();
  for (const [name, stages] of facets) result.set(name, hold(runStages(stages, documents, run), run.memory, '$facet').documents);
  yield result;
}

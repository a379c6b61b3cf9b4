import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import type { Stage } from '../stage.ts';
import { optionsOf } from '../stage-arguments.ts';

/** Stages that a pipeline begins with in place of the documents of its collection. */
export type SourceStage =
  | { readonly kind: 'documents'; readonly list: Expression }
  | { readonly kind: 'collStats' }
  | { readonly kind: 'indexStats' };

export const SOURCE_KINDS: ReadonlySet<string> = new Set<Stage['kind']>([
  'documents',
  'collStats',
  'indexStats',
  'geoNear',
  'searchMeta',
  'vectorSearch',
  'rankFusion',
]);

export function parseDocuments(value: Value, reading: Reading): SourceStage {
  return { kind: 'documents', list: parseExpression(value, reading) };
}

export function parseCollStats(value: Value): SourceStage {
  optionsOf('$collStats', value, ['count', 'storageStats']);
  return { kind: 'collStats' };
}

export function parseIndexStats(value: Value): SourceStage {
  optionsOf('$indexStats', value, []);
  return { kind: 'indexStats' };
}

export function* runSource(stage: SourceStage, run: Run): Generator<Document> {
  if (stage.kind === 'collStats') yield run.sources.collectionStats(run);
  else if (stage.kind === 'indexStats') yield* run.sources.indexStats(run);
  else yield* documentsOf(stage.list.evaluate(scopeOf(run, new Map())));
}

function* documentsOf(list: Value | undefined): Generator<Document> {
  if (!Array.isArray(list)) throw invalidPipeline('$documents', '$documents takes a list of objects.');
  for (const document of list) {
    if (!isDocument(document)) throw invalidPipeline('$documents', 'Every element of $documents is an object.');
    yield document;
  }
}

import { type Document, integer, type Value } from '@aerolithdb/protocol';
import { fieldNameOf, textOf } from '../stage-arguments.ts';

/** `$count`: one document with the number of documents, or none when there were none. */
export type CountStage = { readonly kind: 'count'; readonly field: string };

export function parseCount(value: Value): CountStage {
  return { kind: 'count', field: fieldNameOf('$count', textOf('$count', value, 'the name of the field for the number')) };
}

export function* runCount({ field }: CountStage, input: Iterable<Document>): Generator<Document> {
  let count = 0;
  for (const _document of input) count++;
  if (count > 0) yield new Map([[field, integer(count)]]);
}

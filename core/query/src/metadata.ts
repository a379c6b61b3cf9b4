import type { Document, Value } from '@aerolithdb/protocol';

/** What a search can know of a document that it found, by the names that `$meta` has for it. */
export const METADATA_NAMES = [
  'textScore',
  'searchScore',
  'searchHighlights',
  'vectorSearchScore',
  'geoNearDistance',
  'geoNearPoint',
  'score',
  'scoreDetails',
] as const;

export type MetadataName = (typeof METADATA_NAMES)[number];
export type Metadata = Readonly<Partial<Record<MetadataName, Value>>>;

/** Metadata is no part of a document: it is neither shown nor stored unless `$meta` asks for it. */
const OF_DOCUMENT = new WeakMap<Document, Metadata>();

/** Notes what a search knows of the document, and gives the document back. */
export function withMetadata(document: Document, metadata: Metadata): Document {
  OF_DOCUMENT.set(document, metadata);
  return document;
}

/** What a search knows of the document; undefined when no search found it. */
export function metadataOf(document: Document): Metadata | undefined {
  return OF_DOCUMENT.get(document);
}

/** Stages that make of each document others, which are still what the search found. */
const MAKING: ReadonlySet<string> = new Set(['project', 'set', 'unwind', 'replaceRoot', 'redact', 'lookup', 'graphLookup']);

/** Whether documents that the stage makes have the metadata of those that they are made of. */
export function keepsMetadata(stage: { readonly kind: string }): boolean {
  return MAKING.has(stage.kind);
}

/**
 * Runs a stage that reads its input one document after the other, and gives what it makes of each the metadata of that one.
 */
export function* keepingMetadata(
  input: Iterable<Document>,
  run: (input: Iterable<Document>) => Iterable<Document>,
): Generator<Document> {
  let metadata: Metadata | undefined;
  const watched = (function* () {
    for (const document of input) {
      metadata = metadataOf(document);
      yield document;
    }
  })();
  for (const made of run(watched)) yield metadata === undefined ? made : withMetadata(made, metadata);
}

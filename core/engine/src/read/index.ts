export { keepZstdUninterrupted } from '../ledger/zstd.ts';
export type { CatalogueView, CollectionView } from './catalogue-view.ts';
export { changeText } from './changes.ts';
export type { FoundLines } from './find-lines.ts';
export { fingerprintOfShape, type QueryShape, shapeOfRequest } from './query-shape.ts';
export { READ_LIMITS } from './read-limits.ts';
export { type ReadFacts, ReadTrace } from './read-trace.ts';
export { type RawDocument, Reader } from './reader.ts';

export { keepZstdUninterrupted } from '../ledger/zstd.ts';
export type { CatalogueView, CollectionView } from './catalogue-view.ts';
export { changeText } from './changes.ts';
export { READ_LIMITS } from './read-limits.ts';
export { type RawDocument, Reader } from './reader.ts';

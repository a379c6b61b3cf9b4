export type * from './node.ts';
export * from './open-database.ts';
export { type OptionOrigin, originText } from './option-origin.ts';
export { type Address, formatAddress } from './option-values.ts';
export * from './options.ts';
export * from './read-options.ts';
export type { Reloaded } from './reload-options.ts';
export * from './start-node.ts';

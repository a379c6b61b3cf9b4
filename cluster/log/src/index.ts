export { AnnouncedMachine } from './announced-machine.ts';
export { BlockSync, type BlockSyncOptions } from './block-sync.ts';
export { type CommandWeight, weigh } from './command-weight.ts';
export * from './height-waits.ts';
export * from './log-failure.ts';
export type * from './ordered-log.ts';
export * from './single-log.ts';
export type * from './state-machine.ts';
export { overloaded, type Settle, type Settled } from './waiting-commands.ts';

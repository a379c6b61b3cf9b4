export type * from './ordered-log.ts';
export type * from './state-machine.ts';

export type * from './credential.ts';
export * from './database.ts';
export { Session } from './session.ts';
export type * from './surroundings.ts';
export type * from './write-request.ts';

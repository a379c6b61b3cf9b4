export { checkClock } from './clock.ts';
export { type Examination, examineFolder } from './examine-folder.ts';
export * from './finding.ts';
export { judgeLogSize } from './log-size.ts';
export type { OnStep } from './on-step.ts';
export { judgeSlowQueries, slowQueriesOf, slowQueriesUnknown } from './slow-queries.ts';
export { measureSync } from './sync-speed.ts';

export type { IndexFault, IndexHealth } from './index-health.ts';
export { Inspection } from './inspection.ts';

export type { BlockFault, LedgerFault } from './check-blocks.ts';
export type { IndexFault, IndexHealth } from './index-health.ts';
export { Inspection } from './inspection.ts';

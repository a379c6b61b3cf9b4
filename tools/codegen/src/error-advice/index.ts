import type { ErrorCode } from '@aerolithdb/protocol';
import type { Advice } from './advice.ts';
import { BACKUP_ADVICE } from './backup-advice.ts';
import { INPUT_ADVICE } from './input-advice.ts';
import { NODE_ADVICE } from './node-advice.ts';
import { STATE_ADVICE } from './state-advice.ts';

export type { Advice } from './advice.ts';

/** Typical causes and what to do, for every error. Only pages are made from it: it stays out of what clients load. */
export const ERROR_ADVICE: Readonly<Record<ErrorCode, Advice>> = {
  ...INPUT_ADVICE,
  ...STATE_ADVICE,
  ...NODE_ADVICE,
  ...BACKUP_ADVICE,
};

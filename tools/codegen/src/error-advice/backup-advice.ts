import type { ErrorCode } from '@aerolithdb/protocol';
import type { Advice } from './advice.ts';

/** Of backup and restore. */
export const BACKUP_ADVICE = {
  backup_foreign: {
    causes: 'Another file than a backup was named, or an export: that is read by `aerolith import`.',
    remedy: 'Name a file that `aerolith backup` made; see [backup](backup.md).',
  },
  backup_newer: {
    causes: 'The backup was made with a newer version than this one.',
    remedy: 'Restore it with the version that made it, or a later one.',
  },
  backup_damaged: {
    causes: 'Bytes of the file changed where it was kept, or copying it was cut short. Nothing was restored.',
    remedy: 'Copy the file again, or take another backup. The sentence names the part, and the byte at which it begins.',
  },
  backup_mismatch: {
    causes: 'An increment is missing or stands in the wrong place, or a file is of another database.',
    remedy:
      'Give one full backup first and then its increments in the order in which they were made. The sentence says what does not join.',
  },
  data_exists: {
    causes: 'The folder of a restore is not empty, or the file of a backup is there already.',
    remedy: 'Name a folder or a file that does not exist yet. Nothing is ever written over.',
  },
} as const satisfies Partial<Record<ErrorCode, Advice>>;

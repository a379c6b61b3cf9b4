export { keepZstdUninterrupted } from '../ledger/zstd.ts';
export type { About, Totals } from './about.ts';
export { BackupReader, type Part } from './backup-reader.ts';
export { type BackupOptions, BackupWriter } from './backup-writer.ts';
export { BACKUP_FORMAT } from './part.ts';
export { type NamedBackup, planRestore, type RestoreStep, type Until } from './plan-restore.ts';
export { RestoreTarget } from './restore-target.ts';

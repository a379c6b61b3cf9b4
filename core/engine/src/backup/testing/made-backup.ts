import { openReader, type StorageOptions } from '@aerolithdb/storage';
import { BackupReader } from '../backup-reader.ts';
import { type BackupOptions, BackupWriter } from '../backup-writer.ts';
import { type NamedBackup, planRestore, type Until } from '../plan-restore.ts';
import { RestoreTarget } from '../restore-target.ts';

/** For tests: the bytes of a backup of a folder. */
export function makeBackup(folder: string, options: Partial<BackupOptions> = {}): Buffer {
  const connection = openReader(folder);
  try {
    const writer = new BackupWriter(connection, { takenAt: 1_800_000_000_000, program: '0.1.0', ...options });
    return Buffer.concat([...writer.beginning(), ...writer.blocks()]);
  } finally {
    connection.close();
  }
}

export function aboutOf(name: string, bytes: Buffer): NamedBackup {
  const reader = new BackupReader({ name });
  for (const _part of reader.read(bytes));
  return { name, about: reader.end().about };
}

/** Restores into a folder as a node does, but from memory. */
export async function restoreInto(
  folder: string,
  backups: readonly Buffer[],
  until?: Until,
  options: StorageOptions = {},
): Promise<void> {
  const named = backups.map((bytes, index) => aboutOf(`backup ${index + 1}`, bytes));
  const steps = planRestore(named, until);
  const target = RestoreTarget.open(folder, options);
  for (const [index, bytes] of backups.entries()) {
    const { name } = named[index]!;
    const step = steps[index]!;
    if (step === 'skip') continue;
    let goesOn = true;
    for (const part of new BackupReader({ name, wants: () => true }).read(bytes)) {
      if (step === 'load') target.load(part, name);
      else if (part.head.kind === 'blocks') goesOn = target.replay(part, name, until);
      if (!goesOn) break;
    }
    if (!goesOn) break;
  }
  await target.finish();
}

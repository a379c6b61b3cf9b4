import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AerolithError } from '@aerolithdb/protocol';
import { FILE_NAME } from '@aerolithdb/storage';
import { type AdminKey, replaceAdminKey } from './admin-key.ts';
import { openDatabase } from './open-database.ts';

/**
 * Makes another admin token for the data folder of a node that does not run, and writes it to `admin.key`; the one before is refused
 * from then on. Who may write the folder may do this: the key protects the network's side, not the disk.
 * Throws `invalid_configuration` when there is no database, `data_in_use`, and what opening a folder throws.
 */
export async function resetAdminKey(data: string): Promise<Required<AdminKey>> {
  const folder = resolve(data);
  if (!existsSync(join(folder, FILE_NAME)))
    throw new AerolithError(
      'invalid_configuration',
      `${folder} holds no database, or you may not look into it. Name the data folder of a node with --data.`,
      { folder },
    );
  await using running = await openDatabase(folder);
  return await replaceAdminKey(running.database, running.folder, randomBytes);
}

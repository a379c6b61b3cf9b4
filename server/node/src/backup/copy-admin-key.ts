import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenSecret } from '@aerolithdb/database';
import { AerolithError, type Principal } from '@aerolithdb/protocol';
import { ADMIN, ADMIN_KEY_FILE } from '../admin-key.ts';

const OWNER_ONLY = 0o600;

/**
 * Puts the admin key, which no backup holds, into a restored folder. `principals`: those of the restored state.
 * Throws `backup_mismatch` when the key is another one, and what the file system throws.
 */
export function copyAdminKey(file: string, folder: string, principals: readonly Principal[]): void {
  const token = readFileSync(file, 'utf8').trim();
  const secret = principals.find(({ name }) => name === ADMIN)?.secret;
  if (secret === undefined || tokenSecret(token) !== secret) {
    const message = `The key in ${file} is not the admin key that the restored database knows. Name the admin.key of the original, or none.`;
    throw new AerolithError('backup_mismatch', message, { file });
  }
  const copy = join(folder, ADMIN_KEY_FILE);
  copyFileSync(file, copy);
  chmodSync(copy, OWNER_ONLY);
}

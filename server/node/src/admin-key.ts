import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, makeToken, tokenSecret } from '@aerolithdb/database';

export const ADMIN_KEY_FILE = 'admin.key';

/** Name of the principal that the admin key stands for. */
export const ADMIN = 'admin';

export type AdminKey = { readonly file: string; readonly token?: string };

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const OWNER_ONLY = 0o600;

/**
 * On the first start makes the admin token: alone in `admin.key`, with only its SHA-256 in the catalogue. The file is durable before
 * the catalogue knows the token, so a start that was cut off in between goes on with the same one. `token` is there when this made it.
 */
export async function provideAdminKey(
  database: Database,
  folder: string,
  randomBytes: (count: number) => Uint8Array,
): Promise<AdminKey> {
  const file = join(folder, ADMIN_KEY_FILE);
  if ((await database.principals(database.localSession())).some(({ name }) => name === ADMIN)) return { file };
  return await setToken(database, file, readToken(file) ?? makeToken(randomBytes));
}

/** Makes another token in place of the one that was. Cut off in between, the file holds a token that is not valid: then do it again. */
export async function replaceAdminKey(
  database: Database,
  folder: string,
  randomBytes: (count: number) => Uint8Array,
): Promise<Required<AdminKey>> {
  return await setToken(database, join(folder, ADMIN_KEY_FILE), makeToken(randomBytes));
}

/** The file before the catalogue: a token that nobody can read must not become the only one. */
async function setToken(database: Database, file: string, token: string): Promise<Required<AdminKey>> {
  writeAlone(file, token);
  const principal = { name: ADMIN, kind: 'token', secret: tokenSecret(token), grants: { '*': 'admin' } } as const;
  await database.execute(database.localSession(), { type: 'setPrincipal', principal });
  return { file, token };
}

function readToken(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8').trim();
  return TOKEN.test(text) ? text : undefined;
}

/** Whole or not at all, and durable. */
function writeAlone(file: string, token: string): void {
  const unfinished = `${file}.new`;
  const descriptor = openSync(unfinished, 'w', OWNER_ONLY);
  try {
    writeSync(descriptor, `${token}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, file);
}

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningDatabase } from '../../node.ts';
import { openDatabase } from '../../open-database.ts';
import { backupFolder } from '../backup-folder.ts';

/** For tests: a folder with some history, closed. Block h adds document h. */
export async function makeData(folder: string, heights = 6): Promise<void> {
  await using db = await openDatabase(folder);
  await db.database.execute(db.session, { type: 'createCollection', collection: 'c', options: {} });
  for (let n = 2; n <= heights; n++) await insert(db, n);
}

export async function insert(db: RunningDatabase, n: number): Promise<void> {
  await db.database.execute(db.session, { type: 'insert', collection: 'c', documents: [`{"_id":${n},"text":"document ${n}"}`] });
}

/** All bytes of a backup. */
export async function taken(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Writes a backup of a closed folder into a file. */
export async function backupTo(file: string, folder: string, since?: number): Promise<Buffer> {
  const bytes = await taken(backupFolder(folder, since));
  writeFileSync(file, bytes);
  return bytes;
}

export async function textsOf(db: RunningDatabase, at?: { readonly height: number }): Promise<string> {
  const { text } = await db.database.read(db.session, { kind: 'find', collection: 'c', sort: '{"_id":1}', ...(at && { at }) });
  return text ?? '';
}

/** Every name below a folder. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

export function pathIn(folder: { readonly path: string }, name: string): string {
  return join(folder.path, name);
}

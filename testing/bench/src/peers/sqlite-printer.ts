import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program that prints the first column of a query: `PROGRAM FILE SQL`. `name`: what it is, for the table. */
export type SqlitePrinter = { readonly command: string; readonly name: string };

const SOURCE = fileURLToPath(new URL('../../peers/print-rows.c', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../peers/node_modules/.cache', import.meta.url));
/** The first version that knows JSONB. */
const JSONB_SINCE = [3, 45] as const;

/**
 * The `sqlite3` of the machine when it knows JSONB; else the SQLite that AerolithDB itself is built on, compiled once with a loop that prints (a
 * minute); undefined where neither is to be had.
 */
export function sqlitePrinter(): SqlitePrinter | undefined {
  const version = sqliteVersion();
  if (version !== undefined && knowsJsonb(version)) return { command: 'sqlite3', name: `sqlite3 ${version}` };
  const command = join(FOLDER, 'print-rows');
  if (!existsSync(command) && !compile(command)) return undefined;
  return { command, name: 'SQLite 3.53 in C' };
}

function sqliteVersion(): string | undefined {
  try {
    return execFileSync('sqlite3', ['--version'], { encoding: 'utf8' }).split(' ')[0];
  } catch {
    return undefined;
  }
}

function knowsJsonb(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > JSONB_SINCE[0] || (major === JSONB_SINCE[0] && minor >= JSONB_SINCE[1]);
}

function compile(command: string): boolean {
  const sqlite = join(
    dirname(createRequire(import.meta.url).resolve('better-sqlite3-multiple-ciphers/package.json')),
    'deps/sqlite3',
  );
  console.error('Compiling an SQLite that knows JSONB, to compare with (a minute, once) …');
  mkdirSync(FOLDER, { recursive: true });
  try {
    const flags = ['-O2', ...(process.arch === 'x64' ? ['-msse4.2', '-maes'] : []), '-I', sqlite];
    const made = `${command}.part`;
    execFileSync('cc', [...flags, SOURCE, join(sqlite, 'sqlite3.c'), '-o', made, '-lpthread', '-ldl', '-lm'], {
      stdio: 'ignore',
    });
    renameSync(made, command);
    return true;
  } catch {
    return false;
  }
}

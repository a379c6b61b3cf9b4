import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError, EXIT, usageError } from '../program/cli-error.ts';

export type MigrationFile = {
  /** `0007`. Compared as a number. */
  readonly version: string;
  /** `0007-split-names.ts`. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly hash: string;
};

const NAME = /^(\d{1,15})-[A-Za-z0-9][A-Za-z0-9._-]*\.(ts|json)$/;

/** The migrations of a folder in the order of their versions. Throws `migrations_missing`, `migration_broken`. */
export async function readMigrationFiles(folder: string): Promise<readonly MigrationFile[]> {
  const names = (await entries(folder)).filter((name) => /^\d/.test(name) && !name.endsWith('.d.ts'));
  const files = await Promise.all(names.map((name) => readOne(folder, name)));
  files.sort((a, b) => compareVersions(a.version, b.version));
  for (const [index, { version, file }] of files.entries()) {
    const before = files[index - 1];
    if (before === undefined || compareVersions(before.version, version) !== 0) continue;
    throw brokenMigration(file, `"${before.file}" has the same number; give one of them another`);
  }
  return files;
}

export function compareVersions(a: string, b: string): number {
  return Number(a) - Number(b);
}

/** The file of the version that a user named, as `7` or `0007`. Throws a usage error. */
export function fileOfVersion(files: readonly MigrationFile[], version: string): MigrationFile {
  const found = files.find((file) => /^\d{1,15}$/.test(version) && compareVersions(file.version, version) === 0);
  if (found !== undefined) return found;
  const versions = files.map((file) => file.version).join(', ') || 'none';
  throw usageError(`There is no migration "${version}"; the files have these: ${versions}.`, { version });
}

/** A file that cannot be used as it is. */
export function brokenMigration(file: string, why: string): CliError {
  const sentence = `The migration ${file} cannot be used: ${why.replace(/[.\s]+$/, '')}.`;
  return new CliError('migration_broken', sentence, EXIT.other, { file });
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const sentence = `There is no folder ${folder} with migrations; make it, or name another with --folder.`;
    throw new CliError('migrations_missing', sentence, EXIT.usage, { folder });
  }
}

async function readOne(folder: string, file: string): Promise<MigrationFile> {
  const version = NAME.exec(file)?.[1];
  if (version === undefined || Number(version) === 0)
    throw brokenMigration(file, 'its name must look like 0001-add-people.ts or 0001-add-people.json');
  const path = resolve(join(folder, file));
  const bytes = await readFile(path);
  return { version, file, path, text: bytes.toString('utf8'), hash: createHash('sha256').update(bytes).digest('hex') };
}

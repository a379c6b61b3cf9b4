import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildPackages } from './build-packages.ts';

/** Builds every public package aside and packs it into `folder`, as `npm install` takes it. Returns the files' names. */
export function packPackages(root: string, folder: string): string[] {
  const aside = mkdtempSync(join(tmpdir(), 'aerolith-build-'));
  const destination = resolve(folder);
  mkdirSync(destination, { recursive: true });
  try {
    return buildPackages(root, (home) => join(aside, home)).map((built) => pack(built.folder, destination));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function pack(home: string, destination: string): string {
  const args = ['pack', '--pack-destination', destination, '--ignore-scripts', '--loglevel=error'];
  // On Windows npm is a script, which only a shell starts.
  return execFileSync('npm', args, { cwd: home, encoding: 'utf8', shell: process.platform === 'win32' }).trim();
}

import { chmodSync, copyFileSync, existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Emitted, emit } from './emit.ts';
import { findPublicPackages, type PublicPackage } from './public-package.ts';
import { publishedManifest } from './published-manifest.ts';

const SHEBANG = '#!/usr/bin/env node\n';

export interface Built {
  readonly name: string;
  /** The folder to publish. */
  readonly folder: string;
  readonly files: number;
}

/** Builds every public package into the folder that `place` gives for it, which is emptied first. */
export function buildPackages(root: string, place: (folder: string) => string): Built[] {
  const packages = findPublicPackages(root);
  const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));
  const folders = packages.map(({ folder }) => folder);
  const emitted = emit(root, folders);
  return packages.map((each) => {
    const folder = place(each.folder);
    const own = emitted.filter(({ path }) => path.startsWith(`${each.folder}/`));
    rmSync(folder, { recursive: true, force: true });
    for (const file of own) writeInto(folder, each, file);
    copyAssets(root, each, folder);
    write(join(folder, 'package.json'), `${JSON.stringify(publishedManifest(each, versions), undefined, 2)}\n`);
    return { name: each.manifest.name, folder, files: own.length };
  });
}

function writeInto(folder: string, { folder: home, manifest }: PublicPackage, { path, text }: Emitted): void {
  const inPackage = path.slice(home.length + 1);
  const file = join(folder, inPackage);
  const isProgram = Object.values(manifest.bin ?? {}).includes(`./${inPackage.replace(/\.js$/, '.ts')}`);
  write(file, isProgram && !text.startsWith('#!') ? SHEBANG + text : text);
  if (isProgram) chmodSync(file, 0o755);
}

/** Copies what the code reads at run time, the ambient declarations, the README and the licence. */
function copyAssets(root: string, { folder: home }: PublicPackage, folder: string): void {
  const beside = globSync('src/**/*.*', { cwd: join(root, home) }).filter(
    (file) => !file.endsWith('.ts') || file.endsWith('.d.ts'),
  );
  for (const file of [...beside, 'README.md']) copyIfThere(join(root, home, file), join(folder, file));
  copyIfThere(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

function copyIfThere(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

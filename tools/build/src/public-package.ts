import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The fields of a package.json that the build reads. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string>>;
  /** Files that bundlers for browsers take in place of others. */
  readonly browser?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A workspace that is published. */
export interface PublicPackage {
  /** Relative to the clone. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Every workspace that is not private. */
export function findPublicPackages(root: string): PublicPackage[] {
  const { workspaces } = readManifest(root, '.') as unknown as { workspaces: string[] };
  const folders = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }));
  return folders
    .map((file) => file.replace(/[\\/]package\.json$/, '').replaceAll('\\', '/'))
    .sort()
    .map((folder) => ({ folder, manifest: readManifest(root, folder) }))
    .filter(({ manifest }) => manifest.private !== true);
}

function readManifest(root: string, folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

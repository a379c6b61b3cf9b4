import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../peers', import.meta.url));

/** Installs the peers' npm packages from their own lockfile, once. They are never part of the product's dependencies. */
export function installPeers(): void {
  if (existsSync(`${folder}/node_modules/pg`)) return;
  console.error('Installing the peers to compare with (190 MB, once) …');
  execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The URL to import a peer's package from. */
export function peerModule(path: string): string {
  return new URL(`../../peers/node_modules/${path}`, import.meta.url).href;
}

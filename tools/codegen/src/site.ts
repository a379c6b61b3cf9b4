import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Builds the pages of docs into `docs/.vitepress/dist`, with search and without anything from elsewhere. What builds it has a lockfile
 * of its own and is installed at the first time.
 */
export function buildSite(root: string): void {
  const home = join(root, 'docs/.vitepress');
  if (!existsSync(join(home, 'node_modules/vitepress'))) installBuilder(home);
  run(process.execPath, [join(home, 'node_modules/vitepress/bin/vitepress.js'), 'build', 'docs'], root);
}

function installBuilder(home: string): void {
  console.error('Installing what builds the site (100 MB, once) …');
  run('npm', ['ci', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'], home);
}

function run(command: string, argv: readonly string[], cwd: string): void {
  execFileSync(command, argv, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

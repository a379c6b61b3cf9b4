import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FERRETDB = 'github.com/FerretDB/FerretDB';
const VERSION = 'v1.24.2';

const folder = fileURLToPath(new URL('../peers', import.meta.url));

/** FerretDB's program and the driver it is asked through, where both are installed. */
export function installedFerretDb(): { readonly program: string; readonly driver: string } | undefined {
  const program = join(folder, 'node_modules/.cache/ferretdb');
  const driver = join(folder, 'node_modules/mongodb/lib/index.js');
  return existsSync(program) && existsSync(driver) ? { program, driver } : undefined;
}

/** Installs them: the driver from its own lockfile, FerretDB from its source. Needs npm and Go, and takes about three minutes, once. */
export function installFerretDb(): void {
  if (installedFerretDb() !== undefined) return;
  execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const work = mkdtempSync(join(tmpdir(), 'aerolith-ferretdb-'));
  try {
    build(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** FerretDB panics without its version file, which a module from the proxy lacks, so it is built from a copy that has it. */
function build(work: string): void {
  const module = join(work, 'module');
  const source = join(work, 'source');
  mkdirSync(module);
  const go = (...words: string[]) =>
    execFileSync('go', words, {
      cwd: module,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, GOBIN: work },
    });
  go('mod', 'init', 'peers');
  go('get', '-tool', `${FERRETDB}/cmd/ferretdb@${VERSION}`);
  cpSync(go('list', '-m', '-f', '{{.Dir}}', FERRETDB).trim(), source, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', source]);
  writeFileSync(join(source, 'build/version/version.txt'), `${VERSION}\n`);
  go('mod', 'edit', `-replace=${FERRETDB}=${source}`);
  go('install', '-mod=mod', `${FERRETDB}/cmd/ferretdb`);
  mkdirSync(join(folder, 'node_modules/.cache'), { recursive: true });
  cpSync(join(work, 'ferretdb'), join(folder, 'node_modules/.cache/ferretdb'));
}

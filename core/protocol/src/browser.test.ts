import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import type { VectorReport } from './testing/check-vectors.ts';
import { readVectors } from './testing/read-vectors.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Holds the code to the vectors that the page has, and leaves the report where the host looks. */
const CHECK_IN_PAGE = `import { checkVectors } from './testing/check-vectors.ts';
globalThis.report = JSON.stringify(checkVectors(globalThis.vectors));`;

/** One script for browsers. esbuild fails when anything of Node is imported, as the platform has none of it. */
async function bundle(contents: string): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
    write: false,
  });
  return result.outputFiles[0]!.text;
}

function assertReport(text: string): void {
  const report = JSON.parse(text) as VectorReport;
  assert.deepEqual(report.failures, []);
  assert.ok(report.checked > 10_000, `only ${report.checked} checks`);
}

test('the public entry bundles for a browser', async () => {
  const script = await bundle(`export * from './index.ts'`);
  assert.ok(script.length > 10_000);
  assert.ok(!script.includes('require('));
});

test('a bundle that needs Node is refused, so the test above can fail', async () => {
  await assert.rejects(
    bundle(`import { readFileSync } from 'node:fs'; console.log(readFileSync)`),
    /Could not resolve "node:fs"/,
  );
});

test('the vectors hold in a context that has the language and TextEncoder only', async () => {
  const script = await bundle(CHECK_IN_PAGE);
  const context = createContext({ vectors: readVectors(), TextEncoder });
  assert.equal(runInContext('typeof process + typeof Buffer + typeof require', context), 'undefinedundefinedundefined');
  runInContext(script, context);
  assertReport(String(context.report));
});

test('the vectors hold in Chromium', { skip: !existsSync(CHROMIUM) && `no ${CHROMIUM}`, timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-browser-'));
  try {
    assertReport(await runInChromium(await bundle(CHECK_IN_PAGE), folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Runs a script in a page and returns the report it leaves, in base64 so that no markup can change it. */
async function runInChromium(script: string, folder: string): Promise<string> {
  const vectors = JSON.stringify(readVectors()).replaceAll('<', '\\u003c');
  const show = 'document.body.textContent = "report:" + btoa(unescape(encodeURIComponent(report))) + ":end"';
  const inline = script.replaceAll('</script', '<\\/script');
  const page = join(folder, 'page.html');
  const html = `<!doctype html><meta charset="utf-8"><body><script>var vectors = ${vectors}; var report = "";</script>`;
  writeFileSync(page, `${html}<script>${inline}</script><script>${show}</script></body>`);
  const switches = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-quic',
    '--no-first-run',
  ];
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  const { stdout } = await promisify(execFile)(CHROMIUM, [...switches, profile, '--dump-dom', `file://${page}`], {
    timeout: 100_000,
  });
  const found = /report:([A-Za-z0-9+/=]+):end/.exec(stdout);
  assert.ok(found, `the page left no report: ${stdout.slice(0, 500)}`);
  return Buffer.from(found[1]!, 'base64').toString('utf8');
}

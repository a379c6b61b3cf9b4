import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Built, buildPackages } from './build-packages.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Programs begin with `env node`; that shall be this Node. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

/** The packages as a stranger gets them: packed, and installed in an empty folder. */
describe('the published packages', () => {
  let folder: string;
  let built: Built[];
  let aerolith: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'aerolith-packed-'));
    built = buildPackages(ROOT, (home) => join(folder, 'dist', home));
    for (const each of built) npm(each.folder, 'pack', '--pack-destination', folder);
    const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    const app = join(folder, 'app');
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
    npm(app, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs.map((file) => join('..', file)));
    aerolith = join(app, 'node_modules/.bin/aerolith');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function npm(cwd: string, ...args: string[]): string {
    return execFileSync('npm', [...args, '--ignore-scripts', '--loglevel=error'], { cwd, env, encoding: 'utf8' });
  }

  /** The output of a module that runs in the folder. */
  function runInApp(source: string): string {
    writeFileSync(join(folder, 'app', 'main.mjs'), source);
    return execFileSync(process.execPath, ['main.mjs'], { cwd: join(folder, 'app'), encoding: 'utf8' });
  }

  function run(...args: string[]): string {
    return execFileSync(aerolith, args, { cwd: join(folder, 'app'), env, encoding: 'utf8' });
  }

  test('no package holds a test or a TypeScript source', () => {
    const files = built.flatMap((each) => readdirSync(each.folder, { recursive: true, encoding: 'utf8' }));
    const wrong = files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file));
    assert.deepEqual(wrong, []);
    assert.ok(files.length > 200);
  });

  test('protocol and query are imported and answer', () => {
    const answer = runInApp(`
      import { parseDocument } from '@aerolithdb/protocol';
      import { matches, parseFilter } from '@aerolithdb/query';
      const filter = parseFilter(parseDocument('{"pop":{"$gt":1000}}'));
      console.log(matches(filter, parseDocument('{"pop":1001}')), matches(filter, parseDocument('{"pop":1000}')));`);
    assert.equal(answer, 'true false\n');
  });

  test('their declarations compile in a strict project', () => {
    const app = join(folder, 'app');
    writeFileSync(
      join(app, 'use.mts'),
      `import { LIMITS, parseDocument, type Document } from '@aerolithdb/protocol';
       import { parseFilter } from '@aerolithdb/query';
       import { AerolithClient } from '@aerolithdb/client';
       import type { EmbeddedDatabase } from '@aerolithdb/embedded';
       declare const embedded: EmbeddedDatabase;
       for (const db of [new AerolithClient('http://x'), embedded]) {
         const cities = db.collection<{ name: string; at: { lat: number } }>('cities');
         for await (const { name } of cities.find({ 'at.lat': 5 }, { projection: { name: 1 } })) name.toUpperCase();
         // @ts-expect-error no such path
         cities.find({ 'at.lot': 5 });
       }
       const document: Document = parseDocument('{}');
       export const depth: number = LIMITS.depth;
       parseFilter(document);
       // @ts-expect-error the declarations are real, not any
       parseFilter(5);`,
    );
    const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2024', types: [] };
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts'] }));
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], { cwd: app, encoding: 'utf8' });
  });

  test('the embedded database and the client run as they are published', () => {
    const answer = runInApp(`
      import { AerolithClient, ObjectId } from '@aerolithdb/client';
      import { open } from '@aerolithdb/embedded';
      await using db = await open(':memory:');
      await db.createCollection('notes');
      const { insertedId } = await db.collection('notes').insertOne({ text: 'x' });
      console.log(insertedId instanceof ObjectId, await db.collection('notes').count(), String(new AerolithClient('http://x')));`);
    assert.equal(answer, 'true 1 AerolithClient(http://x)\n');
  });

  test('the program prints its help', () => {
    assert.match(run('--help'), /Usage: aerolith/);
  });

  test('a node starts, takes a document and finds it', async () => {
    const node = spawn(aerolith, ['start', '--json', '--http', '127.0.0.1:0', '--data', 'data'], {
      cwd: join(folder, 'app'),
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const { http, adminKeyFile } = JSON.parse(await firstLine(node)) as { http: string; adminKeyFile: string };
      const where = ['--url', http, '--token-file', adminKeyFile, '--json'];
      run('collection', 'create', 'cities', ...where);
      run('insert', 'cities', '{"_id":"bergen","pop":286930}', ...where);
      const found = run('find', 'cities', '{"pop":{"$gt":200000}}', ...where);
      assert.deepEqual(JSON.parse(found), { _id: 'bergen', pop: 286930 });
    } finally {
      const ended = new Promise((resolve) => node.on('exit', resolve));
      node.kill('SIGTERM');
      assert.equal(await ended, 0);
    }
  });
});

/** The first line that a program prints; rejects when it ends without one. */
function firstLine(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    program.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\n')) resolve(output.slice(0, output.indexOf('\n')));
    });
    program.on('exit', (code) => reject(new Error(`it ended with ${code} before it was ready`)));
  });
}

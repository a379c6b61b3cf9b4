import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const BYTES_MAX = 60_000;

/** One minified script for browsers. esbuild fails when anything of Node is imported, as the platform has none of it. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
    write: false,
  });
  return outputFiles[0]!.text;
}

test('the whole client is small in a browser', async (context) => {
  const script = await bundle(`import * as client from './index.ts'; globalThis.client = client;`);
  const { length } = gzipSync(script);
  context.diagnostic(`${length} bytes, minified and compressed (${script.length} before)`);
  assert.ok(length < BYTES_MAX, `${length} bytes`);
});

test('it works where there is only what browsers have', async () => {
  const script = await bundle(`import { AerolithClient } from './index.ts';
    globalThis.done = new AerolithClient('http://there', { token: 't' }).collection('cities').find({ at: new Date(0) }).toArray();`);
  const sent: string[] = [];
  const fetch = async (input: string, init: RequestInit): Promise<Response> => {
    sent.push(`${init.method} ${input} ${init.body}`);
    return new Response('{"documents":[{"_id":5000000000,"at":{"$date":"1970-01-01T00:00:01Z"}}],"height":1}');
  };
  const web = { fetch, URL, AbortController, TextEncoder, TextDecoder, setTimeout, clearTimeout, performance, crypto };
  const context = createContext(web);
  assert.equal(runInContext('typeof process + typeof Buffer + typeof require', context), 'undefinedundefinedundefined');
  runInContext(script, context);
  assert.equal(JSON.stringify(await context.done), '[{"_id":5000000000,"at":"1970-01-01T00:00:01.000Z"}]');
  assert.deepEqual(sent, ['POST http://there/v1/collections/cities/find {"filter":{"at":{"$date":0}}}']);
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandDeclarations } from '../commands/index.ts';
import { findToken, serverUrl } from '../remote/credentials.ts';
import { buildProgram, type Chosen } from './build-program.ts';
import { EXIT } from './cli-error.ts';
import type { CommandSpec } from './command-spec.ts';
import { documentArgument } from './json-argument.ts';
import { Options } from './options.ts';
import { usageSuggestion } from './usage-suggestion.ts';

const specs = await commandDeclarations();

/** What a command line chooses, or the sentence it is refused with. */
function read(line: string): Chosen | string {
  const argv = line.split(' ');
  try {
    return buildProgram(specs, '0', { out: () => undefined, err: () => undefined }).parse(argv) ?? 'nothing';
  } catch (error) {
    return usageSuggestion(error instanceof Error ? error.message : '', argv, specs).message;
  }
}

const REFUSED: readonly (readonly [line: string, sentence: string])[] = [
  ['fnd x', 'aerolith has no command "fnd"; did you mean "find"?'],
  ['sample lod x', '"aerolith sample" has no command "lod"; did you mean "load"?'],
  ['find a --limt 3', '"aerolith find" has no option "--limt"; did you mean "--limit"?'],
  ['find a --zzzzzzzz', '"aerolith find" has no option "--zzzzzzzz"; see "aerolith find --help".'],
  ['find', 'Missing required argument \'collection\'; see "aerolith find --help".'],
  ['start --dta x', '"aerolith start" has no option "--dta"; did you mean "--data"?'],
];

for (const [line, sentence] of REFUSED) test(`aerolith ${line}`, () => assert.equal(read(line), sentence));

test('arguments and options come as they were given', () => {
  const chosen = read('token create t --grant a:reader --grant *:writer');
  assert.ok(typeof chosen === 'object');
  assert.deepEqual([chosen.spec.name, chosen.args], ['create', ['t']]);
  assert.deepEqual(new Options(chosen.options).list('grant'), ['a:reader', '*:writer']);
  const off = read('collection alter c --no-schema');
  assert.ok(typeof off === 'object' && new Options(off.options).isOff('schema'));
});

test('every command that runs has an example, which names it', () => {
  const check = (spec: CommandSpec, path: readonly string[]): void => {
    const name = ['aerolith', ...path, spec.name].join(' ');
    if (spec.run !== undefined) {
      assert.ok(spec.examples.length > 0, `${name} has no example`);
      for (const { command } of spec.examples) assert.ok(command.includes(name), `"${command}" is not of ${name}`);
    }
    for (const sub of spec.subcommands ?? []) check(sub, [...path, spec.name]);
  };
  for (const spec of specs) check(spec, []);
});

test('whole numbers are read strictly', () => {
  const options = new Options({ limit: '12', since: '1e3', inFlight: '65' });
  assert.equal(options.whole('limit'), 12);
  assert.equal(options.whole('absent'), undefined);
  assert.throws(() => options.whole('since'), /--since takes a whole number/);
  assert.throws(() => options.whole('inFlight', 64), /--in-flight takes a whole number from 0 to 64/);
});

test('the token comes from the option, then the environment', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-cli-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'key');
  writeFileSync(file, 'from-file\n');
  assert.equal(findToken(file, { AEROLITH_TOKEN: 'x' }), 'from-file');
  assert.equal(findToken(undefined, { AEROLITH_TOKEN: ' x ', AEROLITH_TOKEN_FILE: file }), 'x');
  assert.equal(findToken(undefined, { AEROLITH_TOKEN_FILE: file }), 'from-file');
  assert.throws(() => findToken(join(folder, 'none'), {}), /cannot be read \(ENOENT\)/);
  writeFileSync(file, 'two words');
  assert.throws(() => findToken(file, {}), /does not hold a token/);
});

test('the address is the default one, or an http URL', () => {
  assert.equal(serverUrl(undefined, {}).href, 'http://127.0.0.1:8080/');
  assert.equal(serverUrl(undefined, { AEROLITH_URL: 'https://db.example' }).href, 'https://db.example/');
  assert.throws(() => serverUrl('localhost:8080', {}), /must look like http/);
});

test('a filter that is no JSON is refused with its place; one that is goes out as it was typed', () => {
  assert.equal(documentArgument('{ "a" : 1.0 }', 'filter').text, '{ "a" : 1.0 }');
  const refused = { code: 'invalid_json', exit: EXIT.usage, message: /^The filter is not accepted: .*\n {2}\{"a": \}\n {8}\^$/ };
  assert.throws(() => documentArgument('{a: }', 'filter'), refused);
  assert.throws(() => documentArgument('[1]', 'filter'), { code: 'usage', exit: EXIT.usage });
});

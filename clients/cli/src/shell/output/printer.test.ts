import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AerolithDatabase, Collection } from '@aerolithdb/client';
import { Decimal128, ObjectId } from '@aerolithdb/client';
import type { Terminal } from '../../terminal/terminal.ts';
import { openFolder } from '../open-folder.ts';
import { ShellTransport } from '../shell-transport.ts';
import { Printer } from './printer.ts';

let database: AerolithDatabase;
let transport: ShellTransport;
let cities: Collection;

before(async () => {
  database = await openFolder(':memory:', {
    around(inner) {
      transport = new ShellTransport(inner);
      return transport;
    },
  });
  await database.createCollection('cities');
  cities = database.collection('cities');
  await cities.insertMany(Array.from({ length: 45 }, (_, index) => ({ _id: index, name: `c${index}`, at: { lat: index / 2 } })));
});

after(() => database.close());

/** Styles stand in the text as `<yellow 1>`. */
function printer(columns = 80, isStyled = false): Printer {
  const style: Terminal['style'] = (name, text) => (isStyled && text !== '' ? `<${name} ${text}>` : text);
  const terminal = { outIsTty: true, errIsTty: true, columns, out: async () => undefined, err: () => undefined, style };
  return new Printer(terminal, transport);
}

test('a cursor is shown a page at a time', async () => {
  const shown = printer();
  const first = (await shown.show(cities.find({}, { projection: { at: 0 } }))).split('\n');
  assert.deepEqual(
    [first[0], first[1], first[20], first.at(-1)],
    ['_id  name', '  0  c0', ' 19  c19', '20 documents; there are more: type it.'],
  );
  assert.match(await shown.more(), /^_id {2}name\n 20 {2}c20/);
  const last = (await shown.more()).split('\n');
  assert.deepEqual([last.length, last.at(-1)], [7, '5 documents.']);
  assert.equal(await shown.more(), 'There is no more to show.');
});

test('a sorted cursor is fetched by pages of the server, not as a whole', async () => {
  const shown = printer();
  await shown.show(cities.find().sort({ name: 1 }));
  const { request } = transport.last ?? {};
  assert.equal(request?.kind, 'find');
  assert.equal('limit' in (request ?? {}), false);
});

test('a long array has pages too', async () => {
  const shown = printer();
  assert.match(await shown.show(await cities.find().toArray()), /20 documents; there are more: type it\.$/);
});

test('modes', async () => {
  const shown = printer(24);
  const value = { _id: 1, name: 'a name that is longer than its column', more: 'and another one', last: 5 };
  assert.match(await shown.show([value]), /Fields that did not fit: .*\.mode wide or \.mode json shows them\./);
  shown.mode = 'wide';
  assert.match(await shown.show([value]), /a name that is longer than its column {2}and another one {5}5/);
  shown.mode = 'json';
  assert.equal(await shown.show({ a: [1, {}], b: 'x{,}' }), '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "x{,}"\n}');
});

test('one document is shown a field a line, other values as JavaScript', async () => {
  const shown = printer();
  assert.equal(await shown.show({ a: 1, at: new Date(0) }), 'a   1\nat  1970-01-01');
  assert.equal(await shown.show(5), '5');
  assert.equal(await shown.show(['a', 1]), "[ 'a', 1 ]");
  assert.equal(await shown.show('text'), 'text');
  assert.equal(await shown.show(null), 'null');
  assert.equal(await shown.show(cities.find({ _id: -1 })), 'No document.');
  assert.match(await shown.show(() => 1), /\[Function/);
});

test('colours tell types apart', async () => {
  const shown = printer(80, true);
  const value = { n: 1, d: new Decimal128('1.5'), id: new ObjectId('65f000000000000000000001'), s: 'x', none: null };
  assert.equal(
    await shown.show(value),
    '<bold n>     <yellow 1>\n<bold d>     <yellow 1.5>\n<bold id>    <cyan 65f000000000000000000001>\n<bold s>     x\n<bold none>  <dim null>',
  );
  shown.mode = 'json';
  assert.equal(
    await shown.show({ a: 'x', b: [1.5, true, null] }),
    '{\n  <bold "a">: <green "x">,\n  <bold "b">: [\n    <yellow 1.5>,\n    <yellow true>,\n    <dim null>\n  ]\n}',
  );
});

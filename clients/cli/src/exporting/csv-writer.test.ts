import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExportFormat, type ExportWriter, exportWriter } from './export-formats.ts';

function writerOf(format: ExportFormat, fields?: readonly string[]): ExportWriter {
  const writer = exportWriter(format, fields);
  assert.ok(writer !== undefined);
  return writer;
}

test('CSV: nested fields are columns, cells are quoted where they must be', () => {
  const writer = writerOf('csv');
  const text = writer.page([
    '{"_id":1,"a":{"b":"x, y","c":[1,2]}}',
    '{"_id":{"$oid":"5f2a1b3c4d5e6f7a8b9c0d1e"},"at":{"$date":"2020-01-01T00:00:00Z"}}',
  ]);
  assert.equal(text + writer.end(), '_id,a.b,a.c,at\n1,"x, y","[1,2]",\n5f2a1b3c4d5e6f7a8b9c0d1e,,,2020-01-01T00:00:00Z\n');
});

test('CSV: a field that no column holds is refused, not left out', () => {
  const writer = writerOf('csv');
  writer.page(['{"_id":1}']);
  assert.throws(() => writer.page(['{"_id":2,"more":1}']), /Document 2 has the field "more".*--fields/);
});

test('CSV: two fields that would share a column are refused', () => {
  assert.throws(() => writerOf('csv').page(['{"a.b":1,"a":{"b":2}}']), /share a column; export NDJSON/);
});

test('CSV: chosen columns leave the others out', () => {
  const writer = writerOf('csv', ['name', '_id']);
  assert.equal(writer.page(['{"_id":1,"name":"a\\"b","x":1}']) + writer.end(), 'name,_id\n"a""b",1\n');
  assert.equal(writerOf('csv', ['name']).end(), 'name\n');
});

test('JSON is an array over pages, also an empty one', () => {
  const writer = writerOf('json');
  assert.equal(
    writer.page(['{"a":1.0}', '{}']) + writer.page([]) + writer.page(['{"b":2}']) + writer.end(),
    '[\n{"a":1.0},\n{},\n{"b":2}\n]\n',
  );
  assert.equal(writerOf('json').end(), '[]\n');
});

test('columns are for CSV alone', () => assert.throws(() => exportWriter('ndjson', ['a']), /--fields names the columns of CSV/));

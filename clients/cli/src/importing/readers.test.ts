import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsv } from './csv-reader.ts';
import { inputFormat } from './input-format.ts';
import { readJson } from './json-reader.ts';
import { readNdjson } from './ndjson-reader.ts';
import type { RecordReader } from './record.ts';

/** Each record as `LINE TEXT`, a bad one as `LINE TEXT ! MESSAGE`, read in pieces of `size` bytes. */
async function recordsOf(read: RecordReader, bytes: Buffer, size: number): Promise<string[]> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const records: string[] = [];
  for await (const group of read(pieces())) {
    for (const { line, text, problem } of group.records) records.push(`${line} ${text}${problem ? ` ! ${problem.message}` : ''}`);
  }
  return records;
}

async function sameInPieces(read: RecordReader, input: string | Buffer, records: readonly string[]): Promise<void> {
  for (const size of [1, 2, 3, 7, 100_000]) assert.deepEqual(await recordsOf(read, Buffer.from(input), size), records);
}

const csv: RecordReader = (input) => readCsv(input, { delimiter: ',', types: new Map(), empty: 'missing' });

test('NDJSON: lines, empty lines, a byte order mark, no last line end', async () => {
  await sameInPieces(readNdjson, '\uFEFF{"a":"é"}\r\n\n  {"b":\n{"c":1}', ['1 {"a":"é"}', '3 {"b":', '4 {"c":1}']);
});

test('NDJSON: a line that is not UTF-8 is bad, the others are not', async () => {
  const bytes = Buffer.concat([Buffer.from('{"a":1}\n{"b":"'), Buffer.from([0xff]), Buffer.from('"}\n{"c":1}\n')]);
  await sameInPieces(readNdjson, bytes, ['1 {"a":1}', '2 {"b":"\uFFFD"} ! The line is not UTF-8.', '3 {"c":1}']);
});

test('JSON: text that is not UTF-8 ends the run', async () => {
  await assert.rejects(recordsOf(readJson, Buffer.from([0x5b, 0xff, 0x5d]), 10), /not UTF-8/);
});

test('CSV: quotes, line breaks in cells, nested names, types', async () => {
  const text = '\uFEFFa,b.x,b.y,c\r\n1,"x\ny",2020-01-01,007\r\n\r\n2,"say ""hi""",,8\r\n';
  await sameInPieces(csv, text, [
    '2 {"a":1,"b":{"x":"x\\ny","y":{"$date":"2020-01-01T00:00:00Z"}},"c":"007"}',
    '5 {"a":2,"b":{"x":"say \\"hi\\""},"c":"8"}',
  ]);
});

test('CSV: rows that are malformed or of another width are bad, with their own text', async () => {
  await sameInPieces(csv, 'a,b\n1,2\n3\n4,"x"y\n5,6\n7,"open\n8,9', [
    '2 {"a":1,"b":2}',
    '3 3 ! The row has 1 cells where the header has 2.',
    '4 4,"x"y ! A closing quote is followed by something else than the end of its cell.',
    '5 {"a":5,"b":6}',
    '6 7,"open\n8,9 ! A quote is opened and not closed.',
  ]);
});

test('CSV: a later cell that does not fit is bad, unless a whole number only became a number', async () => {
  const rows = Array.from({ length: 10_500 }, (_, index) => `${index},x`).join('\n');
  const records = await recordsOf(csv, Buffer.from(`n,t\n${rows}\n1.5,y\nfive,z\n`), 1000);
  assert.deepEqual(records.slice(-2), [
    '10502 {"n":1.5,"t":"y"}',
    '10503 five,z ! "five" in column "n" is not of type int, which the first rows suggest; --types "n:string" takes any text.',
  ]);
});

test('CSV: a header that names a column twice, or not at all, is refused', async () => {
  await assert.rejects(recordsOf(csv, Buffer.from('a,a\n1,2\n'), 100), /names "a" twice/);
  await assert.rejects(recordsOf(csv, Buffer.from('a,a.b\n1,2\n'), 100), /as a value and once as an object/);
  await assert.rejects(recordsOf(csv, Buffer.from('a,\n1,2\n'), 100), /Column 2 .* has no name/);
});

const FORMATS: readonly (readonly [name: string | undefined, beginning: string, format: string])[] = [
  ['x.csv', '[', 'csv'],
  ['x.jsonl', '[', 'ndjson'],
  ['x.json', '{"a":1}\n{"a":2}\n', 'ndjson'],
  ['x.json', '{"a":1}\n', 'ndjson'],
  ['x.json', '{\n  "a": 1\n}', 'json'],
  [undefined, ' [{"a":1}]', 'json'],
  [undefined, '', 'json'],
  [undefined, 'a,b\n1,2\n', 'csv'],
];

for (const [name, beginning, format] of FORMATS) {
  test(`${name ?? 'a pipe'} with ${JSON.stringify(beginning)} is ${format}`, () => {
    assert.equal(inputFormat(name, Buffer.from(beginning)), format);
  });
}

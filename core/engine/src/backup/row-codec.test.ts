import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ColumnType, RowWriter, readRows } from './row-codec.ts';

const TYPES: readonly ColumnType[] = ['whole', 'bytes', 'text', 'any'];

test('rows come back as they were, larger ones than the memory too', () => {
  const rows = [
    [0, Buffer.alloc(0), '', null],
    [Number.MAX_SAFE_INTEGER, Buffer.from([0, 255]), 'é😀\0', 4_294_967_296],
    [4_294_967_295, Buffer.alloc(5000, 7), 'x'.repeat(5000), 'text'],
  ];
  const writer = new RowWriter(TYPES, 8);
  for (const row of rows) writer.add(row);
  assert.equal(writer.rows, 3);
  const back = [...readRows(TYPES, writer.take())];
  assert.deepEqual(back, rows);
  assert.equal(writer.length, 0);
});

test('a value that a column cannot hold is a fault, not another value', () => {
  for (const row of [[-1], [1.5], [2 ** 53], ['1'], [null]])
    assert.throws(() => new RowWriter(['whole'], 8).add(row), RangeError);
  assert.throws(() => new RowWriter(['bytes'], 8).add(['text']), RangeError);
  assert.throws(() => new RowWriter(['text'], 8).add([1]), RangeError);
});

test('bytes that do not end with a row are refused', () => {
  const writer = new RowWriter(TYPES, 8);
  writer.add([1, Buffer.from('abc'), 'def', 2]);
  const bytes = Buffer.from(writer.take());
  for (let length = 1; length < bytes.length; length++)
    assert.throws(() => [...readRows(TYPES, bytes.subarray(0, length))], RangeError, `${length} bytes`);
});

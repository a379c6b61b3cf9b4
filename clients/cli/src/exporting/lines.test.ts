import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLines, lineBatches } from './lines.ts';

test('line feeds are counted wherever they stand, and nothing that looks like one', () => {
  const bytes = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, n) => n)), Buffer.from('\n\n\n\n\né\n\x8a\x0b\n')]);
  for (let from = 0; from < bytes.length; from++) {
    for (const to of [from, from + 1, from + 5, bytes.length]) {
      const part = bytes.subarray(from, to);
      assert.equal(countLines(part), part.filter((byte) => byte === 10).length, `${from} to ${to}`);
    }
  }
});

test('lines come in batches, whole, however the bytes are cut', async () => {
  const lines = ['{"a":"é😀"}', '{}', '{"b":1}', '{"c":2}', '{"d":3}'];
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  for (let size = 1; size <= bytes.length; size++) {
    const batches: string[][] = [];
    for await (const batch of lineBatches(cut(bytes, size), 2)) batches.push(batch);
    assert.deepEqual(batches, [lines.slice(0, 2), lines.slice(2, 4), lines.slice(4)]);
  }
  for await (const batch of lineBatches(cut(Buffer.alloc(0), 1), 2)) assert.fail(String(batch));
});

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newObjectId, objectIdSeconds } from './object-id.ts';
import { hasCode } from './testing/has-code.ts';

const random = new Uint8Array([0, 1, 0xab, 0xfe, 0xff]);

test('holds seconds, random bytes and counter in that order', () => {
  assert.equal(newObjectId(0x56e1fc72, random, 0xc71416).hex, '56e1fc720001abfeffc71416');
  assert.equal(newObjectId(0, new Uint8Array(5), 0).hex, '0'.repeat(24));
});

test('uses the low 32 bits of the seconds and the low 24 bits of the counter', () => {
  assert.equal(newObjectId(0xffff_ffff, random, 0x1_00_00_01).hex, 'ffffffff0001abfeff000001');
  assert.equal(newObjectId(0x1_0000_0002, random, -1).hex, '000000020001abfeffffffff');
  assert.equal(objectIdSeconds(newObjectId(0xffff_fffe, random, 7)), 0xffff_fffe);
});

test('needs five random bytes', () => {
  assert.throws(() => newObjectId(0, new Uint8Array(4), 0), hasCode('internal'));
});

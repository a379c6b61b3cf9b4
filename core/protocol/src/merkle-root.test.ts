import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { merkleRoot } from './merkle-root.ts';
import { type Sha256, sha256 } from './sha256.ts';

const native: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** RFC 6962, section 2.1, as it is written there: split at the largest power of two below the number of leaves. */
function reference(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return Buffer.from(native(Buffer.alloc(0)));
  if (leaves.length === 1) return Buffer.from(native(Buffer.concat([Buffer.from([0]), leaves[0]!])));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const halves = [reference(leaves.slice(0, split)), reference(leaves.slice(split))];
  return Buffer.from(native(Buffer.concat([Buffer.from([1]), ...halves])));
}

test('is the tree of RFC 6962 for every number of leaves to 130', () => {
  const leaves: Uint8Array[] = [];
  for (let count = 0; count <= 130; count++) {
    assert.equal(merkleRoot(leaves, native), reference(leaves).toString('hex'), `${count} leaves`);
    leaves.push(Buffer.from(`leaf ${count}`));
  }
});

test('the portable hash gives the same root as the native one', () => {
  const leaves = Array.from({ length: 9 }, (_, i) => new Uint8Array(i * 50).fill(i));
  assert.equal(merkleRoot(leaves), merkleRoot(leaves, native));
  assert.deepEqual(Buffer.from(sha256(new Uint8Array(1000))), native(new Uint8Array(1000)));
});

test('a leaf cannot pass for a node', () => {
  const node = Buffer.concat([native(Buffer.from([0, 1])), native(Buffer.from([0, 2]))]);
  assert.notEqual(merkleRoot([node]), merkleRoot([new Uint8Array([1]), new Uint8Array([2])]));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merkleRoot } from '@aerolithdb/protocol';
import { RootHasher } from './root-hasher.ts';

const ofTexts = (hasher: RootHasher, texts: string[]) => hasher.ofLeaves(texts.map((text) => hasher.leafOf(text)));
const encode = (text: string) => new TextEncoder().encode(text);

test('roots are those of the protocol, for every number of leaves', () => {
  const hasher = new RootHasher();
  for (let count = 0; count <= 70; count++) {
    const texts = Array.from({ length: count }, (_, i) => 'é'.repeat(i * i) + i);
    assert.equal(ofTexts(hasher, texts), merkleRoot(texts.map(encode)), `${count} texts`);
  }
});

test('a text beyond the scratch memory is hashed whole, and leaves nothing behind', () => {
  const hasher = new RootHasher();
  const texts = ['x'.repeat(1_500_000), 'é'.repeat(400_000), 'y', ''];
  assert.equal(ofTexts(hasher, texts), merkleRoot(texts.map(encode)));
  assert.equal(ofTexts(hasher, ['y']), merkleRoot([encode('y')]));
});

import type { Hash } from './block.ts';
import { toHex } from './hex.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';

/** Domain bytes of RFC 6962, section 2.1: no leaf can pass for a node. */
const LEAF = 0x00;
const NODE = 0x01;

/**
 * The Merkle tree hash of RFC 6962 over these leaves, in their order. Of no leaves it is the hash of nothing.
 *
 * @example
 * merkleRoot([]); // 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function merkleRoot(leaves: readonly Uint8Array[], sha256: Sha256 = portableSha256): Hash {
  if (leaves.length === 0) return toHex(sha256(new Uint8Array(0)));
  let level = leaves.map((leaf) => hashLeaf(leaf, sha256));
  while (level.length > 1) level = parents(level, sha256);
  return toHex(level[0]!);
}

/** One level up. A last node without a partner rises as it is, which gives the same tree as splitting at powers of two. */
function parents(level: readonly Uint8Array[], sha256: Sha256): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2) above.push(hashNode(level[i]!, level[i + 1]!, sha256));
  if (level.length % 2 === 1) above.push(level[level.length - 1]!);
  return above;
}

function hashLeaf(leaf: Uint8Array, sha256: Sha256): Uint8Array {
  const bytes = new Uint8Array(1 + leaf.length);
  bytes[0] = LEAF;
  bytes.set(leaf, 1);
  return sha256(bytes);
}

function hashNode(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = NODE;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

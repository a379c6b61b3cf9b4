import { createHash } from 'node:crypto';
import { type Change, changeHash, type Hash, position } from '@aerolithdb/protocol';
import { changeKindOf } from '../ledger/change-kind.ts';
import type { StoredBlock } from '../ledger/read-block.ts';

/** The changes of a block, in order, each with its place in the chain of its collection. */
export function* blockChanges(block: StoredBlock): Generator<Change> {
  const { collections, changes } = block.body.manifest;
  const chains: Hash[] = collections.map(([, , chain]) => chain);
  for (const [index, [kind, place, id]] of changes.entries()) {
    const collection = collections[place]?.[0];
    const previousHash = chains[place];
    if (collection === undefined || previousHash === undefined)
      throw new RangeError(`Change ${index} of block ${block.height} names a collection that the block does not list.`);
    const version = position(block.height, index);
    const document = block.body.frame(index);
    const change = {
      position: version,
      height: block.height,
      time: block.time,
      kind: changeKindOf(kind),
      collection,
      ...(id === undefined ? {} : { id }),
      version,
      ...(document === undefined ? {} : { document }),
      previousHash,
    };
    const hash = changeHash(change, nativeSha256);
    chains[place] = hash;
    yield { ...change, hash };
  }
}

function nativeSha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

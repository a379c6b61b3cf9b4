import { randomBytes } from 'node:crypto';
import { newObjectId, type ObjectId } from '@aerolithdb/protocol';

/** Makes object ids: the time, five random bytes of this process, a counter with a random start. */
export class ObjectIdSource {
  readonly #random = randomBytes(5);
  #counter = randomBytes(3).readUIntBE(0, 3);

  next(): ObjectId {
    this.#counter = (this.#counter + 1) & 0xffffff;
    return newObjectId(Math.floor(Date.now() / 1000), this.#random, this.#counter);
  }
}

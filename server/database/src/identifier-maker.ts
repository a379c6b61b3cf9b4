import { newObjectId, ObjectId } from '@aerolithdb/protocol';
import { digest } from './digest.ts';

/** Makes object ids and command ids out of a clock and randomness that are brought in. */
export class IdentifierMaker {
  readonly #now: () => number;
  readonly #process: Uint8Array;
  readonly #commandPrefix: string;
  #counter: number;
  #commands = 0;

  constructor(now: () => number, randomBytes: (count: number) => Uint8Array) {
    this.#now = now;
    this.#process = randomBytes(5);
    const [a, b, c] = randomBytes(3) as Iterable<number> as [number, number, number];
    this.#counter = a * 65_536 + b * 256 + c;
    this.#commandPrefix = Buffer.from(randomBytes(12)).toString('hex');
  }

  objectId(): ObjectId {
    this.#counter = (this.#counter + 1) % 16_777_216;
    return newObjectId(Math.floor(this.#now() / 1000), this.#process, this.#counter);
  }

  /** 96 random bits of this process and a count. */
  commandId(): string {
    this.#commands += 1;
    return `${this.#commandPrefix}-${this.#commands.toString(36)}`;
  }
}

/**
 * Object ids that depend on the command id alone, for commands whose id the client chose: sent again, such a command must hold
 * the same `_id`s, or it would be another command. The first four bytes are therefore no time.
 */
export function objectIdsOf(actor: string, commandId: string): () => ObjectId {
  let made = 0;
  return () => {
    made += 1;
    return new ObjectId(digest('object id', actor, commandId, String(made)).slice(0, 24));
  };
}

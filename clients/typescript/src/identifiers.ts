import { newObjectId, type ObjectId, toHex } from '@aerolithdb/protocol';

/** Ids that nobody else makes: out of the clock, chance and a count. */
export class Identifiers {
  readonly #process = randomBytes(5);
  readonly #commandPrefix = toHex(randomBytes(12));
  #objects = randomBytes(3).reduce((number, byte) => number * 256 + byte, 0);
  #commands = 0;

  objectId(): ObjectId {
    this.#objects = (this.#objects + 1) % 16_777_216;
    return newObjectId(Math.floor(Date.now() / 1000), this.#process, this.#objects);
  }

  /** The id of one command, at most 40 characters. It is made once and sent with each attempt, so the command is applied once. */
  commandId(): string {
    this.#commands += 1;
    return `${this.#commandPrefix}-${this.#commands.toString(36)}`;
  }
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

import { LIMITS } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';

export type RememberedCommand = { readonly hash: Buffer; readonly outcome: string };

/**
 * The ids of the last applied commands, so that a repeated one is answered and not applied again. Invariants:
 * 1. Only commands that were applied are remembered; a refused one changed nothing and may be sent again with the same id.
 * 2. The window holds the last `LIMITS.commandWindow` of them, counted in commands, so it is the same on every replica.
 */
export class CommandWindow {
  readonly #connection: WriterConnection;
  readonly #size: number;
  /** In the order of `seq`. */
  readonly #seqs = new Map<string, number>();
  #nextSeq = 1;

  private constructor(connection: WriterConnection, size: number) {
    this.#connection = connection;
    this.#size = size;
    for (const [seq, id] of connection.prepare<[number, string]>('SELECT seq, id FROM commands ORDER BY seq', 'raw').iterate()) {
      this.#seqs.set(id, seq);
      this.#nextSeq = seq + 1;
    }
  }

  static load(connection: WriterConnection, size: number = LIMITS.commandWindow): CommandWindow {
    return new CommandWindow(connection, size);
  }

  find(id: string): RememberedCommand | undefined {
    const seq = this.#seqs.get(id);
    if (seq === undefined) return undefined;
    const row = this.#connection.prepare<[Buffer, string]>('SELECT hash, outcome FROM commands WHERE seq = ?', 'raw').get(seq);
    if (row === undefined) throw new Error(`Command ${seq} is in memory and not in the file.`);
    return { hash: row[0], outcome: row[1] };
  }

  remember(id: string, hash: Uint8Array, outcome: string): void {
    const seq = this.#nextSeq++;
    this.#connection.prepare('INSERT INTO commands(seq, id, hash, outcome) VALUES(?, ?, ?, ?)').run(seq, id, hash, outcome);
    this.#seqs.set(id, seq);
  }

  /** Forgets what has left the window. Called once a block, after its last command. */
  trim(): void {
    const surplus = this.#seqs.size - this.#size;
    if (surplus <= 0) return;
    const oldest = this.#seqs.entries();
    let last = 0;
    for (let count = 0; count < surplus; count++) {
      const entry = oldest.next();
      if (entry.done) break;
      last = entry.value[1];
      this.#seqs.delete(entry.value[0]);
    }
    this.#connection.prepare('DELETE FROM commands WHERE seq <= ?').run(last);
  }
}

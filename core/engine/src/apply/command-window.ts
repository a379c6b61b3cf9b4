import {
  type Command,
  encodeCommand,
  type OperationResult,
  type Outcome,
  type Receipt,
  type StoredText,
} from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import { restoreCommand } from '../ledger/kept-command.ts';
import type { BlockCache } from '../ledger/read-block.ts';
import type { BlockContext } from './block-context.ts';
import type { OperationDone } from './operation-done.ts';
import { type Remembered, rememberedOf, restoreReceipt, restoreResult } from './remembered-outcome.ts';

type Pending = { readonly command: Command; readonly receipt: Receipt; readonly result: OperationResult };
/** What a block's row says of its applied commands, as JSON. */
export type AppliedTexts = { readonly ids: string; readonly results: string };

type First = Pending | { readonly command: Command; readonly height: number; readonly time: number };

/**
 * The ids of the last applied commands, so that a repeated one is answered and not applied again. Invariants:
 * 1. Only commands that were applied are remembered; a refused one changed nothing and may be sent again with the same id.
 * 2. The window holds the youngest blocks that together have `LIMITS.commandWindow` such commands, so it is the same on every replica.
 * 3. A block's row holds the ids and what came of them, in the order of the block; its body holds the commands themselves.
 */
export class CommandWindow {
  readonly #connection: WriterConnection;
  readonly #ledger: BlockCache;
  readonly #size: number;
  /** Height of the block that holds the command with an id. */
  readonly #heights = new Map<string, number>();
  /** Ids of each remembered block, oldest first. */
  readonly #blocks = new Map<number, readonly string[]>();
  /** What the block that is being applied has added. */
  readonly #pending = new Map<string, Pending>();
  readonly #rows: Remembered[] = [];

  constructor(connection: WriterConnection, ledger: BlockCache, size: number) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#size = size;
    for (const [height, ids] of lastIds(connection, size)) this.#note(height, ids);
  }

  /**
   * The outcome of a command whose id is in the window: the first one again when it is the same command, else the refusal
   * `command_id_reused`. `undefined` for a new id.
   */
  repeated(context: BlockContext, command: Command): Outcome | undefined {
    const first = this.#find(command.id);
    if (first === undefined) return undefined;
    if (encodeCommand(first.command) !== encodeCommand(command)) return reused(command.id);
    if ('receipt' in first) return { ok: true, receipt: first.receipt, result: first.result, repeated: true };
    const remembered = this.#remembered(first.height, command.id);
    const [, result = {}, , documentVersion] = remembered;
    const receipt = restoreReceipt(remembered, command.id, first.height, first.time);
    const document = documentVersion === undefined ? undefined : this.#postImage(context, documentVersion);
    return { ok: true, receipt, result: restoreResult(result, command.operation, document), repeated: true };
  }

  remember(command: Command, receipt: Receipt, done: OperationDone): void {
    this.#pending.set(command.id, { command, receipt, result: done.result });
    this.#rows.push(rememberedOf(receipt, done));
  }

  /** Takes in what the block has added and forgets what has left the window. Called once a block, after its last command. */
  endBlock(height: number): AppliedTexts {
    const ids = [...this.#pending.keys()];
    const texts = { ids: JSON.stringify(ids), results: JSON.stringify(this.#rows) };
    if (ids.length > 0) this.#note(height, ids);
    this.#pending.clear();
    this.#rows.length = 0;
    this.#trim();
    return texts;
  }

  #note(height: number, ids: readonly string[]): void {
    this.#blocks.set(height, ids);
    for (const id of ids) this.#heights.set(id, height);
  }

  #trim(): void {
    for (const [height, ids] of this.#blocks) {
      if (this.#heights.size - ids.length < this.#size) return;
      for (const id of ids) this.#heights.delete(id);
      this.#blocks.delete(height);
    }
  }

  #find(id: string): First | undefined {
    const pending = this.#pending.get(id);
    if (pending !== undefined) return pending;
    const height = this.#heights.get(id);
    if (height === undefined) return undefined;
    const block = this.#ledger.block(height);
    const place = block?.body.manifest.commands.findIndex(
      (kept, i) => kept.id === id && block.body.manifest.outcomes[i] === 'ok',
    );
    const kept = block?.body.manifest.commands[place ?? -1];
    if (block === undefined || kept === undefined) throw new Error(`Block ${height} does not hold the command "${id}".`);
    return { command: restoreCommand(kept, (index) => block.body.frame(index)), height, time: block.time };
  }

  #remembered(height: number, id: string): Remembered {
    const place = this.#blocks.get(height)?.indexOf(id) ?? -1;
    const text = this.#connection.prepare<string>('SELECT applied_results FROM blocks WHERE height = ?', 'pluck').get(height);
    const remembered = text === undefined ? undefined : (JSON.parse(text) as Remembered[])[place];
    if (remembered === undefined) throw new Error(`The outcome of the command "${id}" of block ${height} is missing.`);
    return remembered;
  }

  #postImage(context: BlockContext, version: number): StoredText | undefined {
    return context.changes.imageOf(version) ?? this.#ledger.postImage(version);
  }
}

/** The ids of the youngest blocks that together have `size` of them, oldest first. */
function lastIds(connection: WriterConnection, size: number): (readonly [height: number, ids: string[]])[] {
  const rows = connection.prepare<[number, string]>('SELECT height, applied_ids FROM blocks ORDER BY height DESC', 'raw');
  const blocks: (readonly [number, string[]])[] = [];
  let count = 0;
  for (const [height, text] of rows.iterate()) {
    if (count >= size) break;
    const ids = JSON.parse(text) as string[];
    if (ids.length > 0) blocks.push([height, ids]);
    count += ids.length;
  }
  return blocks.reverse();
}

function reused(id: string): Outcome {
  const message = `The command id "${id}" was used for another command. Use a new id for each command.`;
  return { ok: false, error: { code: 'command_id_reused', message, details: { commandId: id } } };
}

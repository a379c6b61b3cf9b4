import { createHash, type Hash as Hasher } from 'node:crypto';
import { AerolithError, type ErrorCode } from '@aerolithdb/protocol';
import { FORMAT_VERSION } from '@aerolithdb/storage';
import { type About, decodeAbout, decodeTotals, type Totals } from './about.ts';
import {
  BACKUP_FORMAT,
  DigestChain,
  decodePartHead,
  digestOf,
  formatOfStart,
  PART_HEAD_BYTES,
  type PartHead,
  START_BYTES,
  unpackBody,
} from './part.ts';

/** `raw`: its body before compression; empty where the reader was not asked for it. */
export type Part = { readonly head: PartHead; readonly raw: Buffer; readonly offset: number };

export type BackupReaderOptions = {
  /** What the backup is called in errors: its file. */
  readonly name: string;
  /** Which parts are needed with their rows; the others are only checked. */
  readonly wants?: (head: PartHead) => boolean;
};

/** What messages may have; a larger one is damaged. */
const MESSAGE_BYTES_MAX = 1_048_576;
const NOTHING = Buffer.alloc(0);

/**
 * Reads a backup out of its bytes as they come, in pieces of any size: each part is checked before it is given out. In memory is
 * at most one part, and nothing of those that are only checked.
 *
 * Throws `backup_foreign`, `backup_newer`, and `backup_damaged` with the number of the part and its offset in bytes.
 */
export class BackupReader {
  readonly #name: string;
  readonly #wants: (head: PartHead) => boolean;
  readonly #chain: { at: DigestChain | undefined } = { at: undefined };
  /** What has come of the start or of a head. */
  #begun = NOTHING;
  #part: OpenPart | undefined;
  #offset = 0;
  #partOffset = 0;
  #number = 0;
  #documents = 0;
  #blocks = 0;
  #about: About | undefined;
  #totals: Totals | undefined;

  constructor({ name, wants = () => false }: BackupReaderOptions) {
    this.#name = name;
    this.#wants = wants;
  }

  /** Known after the first part. */
  get about(): About | undefined {
    return this.#about;
  }

  /** Documents and blocks read so far. */
  get items(): number {
    return this.#documents + this.#blocks;
  }

  get bytes(): number {
    return this.#offset;
  }

  *read(bytes: Buffer): Generator<Part> {
    let rest = bytes;
    while (rest.length > 0) {
      const before = rest.length;
      const part = this.#take(rest);
      rest = rest.subarray(part.used);
      this.#offset += before - rest.length;
      if (part.done !== undefined) yield part.done;
    }
  }

  /** To be called when the bytes have come to their end. */
  end(): { readonly about: About; readonly totals: Totals } {
    if (this.#about !== undefined && this.#totals !== undefined) return { about: this.#about, totals: this.#totals };
    if (this.#chain.at === undefined) throw this.#foreign();
    const message = `it is cut short: it ends after ${this.#offset} bytes, in part ${this.#number + 1} (which begins at byte ${this.#partOffset})`;
    throw this.#error('backup_damaged', `${message}. Make the backup again, or use an older one.`, this.#place());
  }

  /** Takes what belongs to the thing that is being read. */
  #take(bytes: Buffer): { readonly used: number; readonly done?: Part } {
    if (this.#totals !== undefined) throw this.#damaged(`bytes follow after its end (at byte ${this.#offset})`);
    if (this.#part === undefined) return { used: this.#takeHead(bytes), ...this.#finishedPart() };
    return { used: this.#takeBody(this.#part, bytes), ...this.#finishedPart() };
  }

  #takeHead(bytes: Buffer): number {
    const size = this.#chain.at === undefined ? START_BYTES : PART_HEAD_BYTES;
    const used = Math.min(size - this.#begun.length, bytes.length);
    this.#begun = Buffer.concat([this.#begun, bytes.subarray(0, used)]);
    if (this.#begun.length < size) return used;
    const whole = this.#begun;
    this.#begun = NOTHING;
    if (this.#chain.at === undefined) this.#start(whole);
    else this.#open(whole, this.#chain.at);
    return used;
  }

  #start(start: Buffer): void {
    const format = formatOfStart(start);
    if (format === undefined || format === 0) throw this.#foreign();
    if (format > BACKUP_FORMAT) throw this.#newer(`has format ${format}; this program reads up to ${BACKUP_FORMAT}`);
    this.#chain.at = new DigestChain(start);
    this.#partOffset = START_BYTES;
  }

  #open(bytes: Buffer, chain: DigestChain): void {
    const head = decodePartHead(bytes);
    if (typeof head === 'string') throw this.#damagedPart(head);
    if (head.number !== this.#number + 1) throw this.#damagedPart(`says that it is part ${head.number}`);
    if ((head.kind === 'about') !== (head.number === 1)) throw this.#damagedPart(`is of the kind "${head.kind}"`);
    const isMessage = head.kind === 'about' || head.kind === 'end';
    if (isMessage && Math.max(head.rawBytes, head.bodyBytes) > MESSAGE_BYTES_MAX) throw this.#damagedPart('is too large');
    this.#part = new OpenPart(head, bytes, chain, isMessage || this.#wants(head));
  }

  #takeBody(part: OpenPart, bytes: Buffer): number {
    const used = Math.min(part.missing, bytes.length);
    part.add(bytes.subarray(0, used));
    return used;
  }

  #finishedPart(): { readonly done?: Part } {
    const part = this.#part;
    if (part === undefined || part.missing > 0) return {};
    if (!part.isRight()) throw this.#damagedPart('does not match its checksum');
    const { head } = part;
    const raw = this.#unpacked(part);
    const done = { head, raw, offset: this.#partOffset };
    if (head.kind === 'documents') this.#documents += head.rows;
    if (head.kind === 'blocks') this.#blocks += head.rows;
    if (head.kind === 'about') this.#about = this.#readAbout(raw);
    if (head.kind === 'end') this.#totals = this.#readTotals(raw);
    this.#part = undefined;
    this.#number = head.number;
    this.#partOffset += PART_HEAD_BYTES + head.bodyBytes;
    return { done };
  }

  #unpacked(part: OpenPart): Buffer {
    try {
      return part.isKept ? unpackBody(part.head, part.body()) : NOTHING;
    } catch (cause) {
      throw this.#damagedPart(`cannot be unpacked (${cause instanceof Error ? cause.message : String(cause)})`);
    }
  }

  #readAbout(raw: Buffer): About {
    const about = decodeAbout(raw);
    if (about === undefined) throw this.#damagedPart('does not say what the backup is');
    if (about.storage > FORMAT_VERSION)
      throw this.#newer(`is of a data file of format ${about.storage}; this program reads up to ${FORMAT_VERSION}`);
    return about;
  }

  #readTotals(raw: Buffer): Totals {
    const totals = decodeTotals(raw);
    const isRight =
      totals !== undefined &&
      totals.parts === this.#number + 1 &&
      totals.bytes === this.#partOffset &&
      totals.documents === this.#documents &&
      totals.blocks === this.#blocks;
    if (!isRight) throw this.#damagedPart('tells of other parts than there are');
    return totals;
  }

  #place(): { readonly part: number; readonly offset: number } {
    return { part: this.#number + 1, offset: this.#partOffset };
  }

  #damagedPart(what: string): AerolithError {
    const { part, offset } = this.#place();
    return this.#damaged(`part ${part} (at byte ${offset}) ${what}`);
  }

  #damaged(what: string): AerolithError {
    return this.#error('backup_damaged', `${what}. Use another copy of it, or another backup.`, this.#place());
  }

  #newer(what: string): AerolithError {
    const message = `${this.#name} ${what}. Use the newer version of AerolithDB that made it.`;
    return new AerolithError('backup_newer', message, { file: this.#name });
  }

  #foreign(): AerolithError {
    const message = `${this.#name} is not a backup of AerolithDB, or its first bytes are damaged.`;
    return new AerolithError('backup_foreign', message, { file: this.#name });
  }

  #error(code: ErrorCode, what: string, details: Readonly<Record<string, number>>): AerolithError {
    return new AerolithError(code, `${this.#name} is damaged: ${what}`, { file: this.#name, ...details });
  }
}

/** A part of which the head is there and the body is coming. */
class OpenPart {
  readonly head: PartHead;
  readonly isKept: boolean;
  readonly #hasher: Hasher;
  readonly #expected: Buffer;
  readonly #chain: DigestChain;
  readonly #pieces: Buffer[] = [];
  #received = 0;

  constructor(head: PartHead, bytes: Buffer, chain: DigestChain, isKept: boolean) {
    this.head = head;
    this.isKept = isKept;
    this.#chain = chain;
    this.#expected = digestOf(bytes);
    this.#hasher = createHash('sha256').update(chain.prefix(bytes));
  }

  get missing(): number {
    return this.head.bodyBytes - this.#received;
  }

  add(bytes: Buffer): void {
    this.#hasher.update(bytes);
    this.#received += bytes.length;
    // A copy: the caller may read the next piece into the same memory.
    if (this.isKept) this.#pieces.push(Buffer.from(bytes));
  }

  isRight(): boolean {
    const digest = this.#hasher.digest();
    this.#chain.add(digest);
    return digest.equals(this.#expected);
  }

  body(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

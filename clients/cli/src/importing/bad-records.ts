import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { Terminal } from '../terminal/terminal.ts';
import type { BadRecord } from './import-documents.ts';

const SHOWN = 20;
const LISTED = 1000;

export type ListedRecord = { readonly line: number; readonly code: string; readonly message: string };

/** Keeps the bad records of a run: names the first on stderr, lists them for `--json`, writes each as it was to the reject file. */
export class BadRecords {
  readonly listed: ListedRecord[] = [];
  readonly #terminal: Terminal;
  readonly #quiet: boolean;
  readonly #file: Writable | undefined;
  #header: string | undefined;
  #count = 0;

  private constructor(terminal: Terminal, quiet: boolean, file: Writable | undefined) {
    this.#terminal = terminal;
    this.#quiet = quiet;
    this.#file = file;
  }

  /** `rejectFile` is begun anew. Throws when it cannot be written. */
  static async open(terminal: Terminal, quiet: boolean, rejectFile: string | undefined): Promise<BadRecords> {
    const file = rejectFile === undefined ? undefined : (await open(rejectFile, 'w')).createWriteStream();
    return new BadRecords(terminal, quiet, file);
  }

  /** Goes into the reject file before its first record: the header of a CSV file. */
  set header(text: string) {
    this.#header = text;
  }

  async add({ record, code, message }: BadRecord): Promise<void> {
    this.#count += 1;
    if (this.listed.length < LISTED) this.listed.push({ line: record.line, code, message });
    if (!this.#quiet && this.#count <= SHOWN) this.#say(`line ${record.line}: ${message} [${code}]`);
    if (!this.#quiet && this.#count === SHOWN + 1) this.#say('further bad records are counted and not shown');
    await this.#keep(record.original ?? record.text);
  }

  #say(text: string): void {
    const clear = this.#terminal.errIsTty ? '\r\x1b[2K' : '';
    this.#terminal.err(`${clear}${this.#terminal.style('yellow', text, 'err')}\n`);
  }

  /** Bytes stay bytes: what is not UTF-8 would change as text. */
  async #keep(record: string | Buffer): Promise<void> {
    if (this.#file === undefined) return;
    const head = this.#header === undefined ? '' : `${this.#header}\n`;
    this.#header = undefined;
    const line = Buffer.concat([Buffer.from(head), Buffer.from(record), Buffer.from('\n')]);
    if (!this.#file.write(line)) await once(this.#file, 'drain');
  }

  /** Resolves when the reject file holds everything. */
  async close(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.end();
    await once(this.#file, 'close');
  }
}

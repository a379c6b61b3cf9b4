import { inspect } from 'node:util';
import { printable } from '../../terminal/cell.ts';
import { documentFields, documentTable } from '../../terminal/document-table.ts';
import { counted } from '../../terminal/figures.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { ShellTransport } from '../shell-transport.ts';
import { colourJson, indentJson } from './colour-json.ts';
import { jsonText } from './json-text.ts';
import { isCursor, isPlainObject } from './kinds.ts';
import { Pages } from './pages.ts';

/** How results look: `table` fits the terminal, `wide` does not, `json` is Extended JSON. */
export const MODES = ['table', 'wide', 'json'] as const;
export type Mode = (typeof MODES)[number];

const PAGE_DOCUMENTS = 20;

/** Values as a person reads them. Texts have no line break at their end. */
export class Printer {
  mode: Mode = 'table';
  pageDocuments: number = PAGE_DOCUMENTS;
  /** How the user gets at the next page. */
  moreBy = 'type it';
  readonly #terminal: Terminal;
  readonly #transport: ShellTransport;
  #pages: Pages | undefined;

  constructor(terminal: Terminal, transport: ShellTransport) {
    this.#terminal = terminal;
    this.#transport = transport;
  }

  /** Whether `more` has something to show. */
  get hasMore(): boolean {
    return this.#pages !== undefined;
  }

  /** A value; of a cursor or a long array the first page. Throws what fetching throws. */
  async show(value: unknown): Promise<string> {
    if (isCursor(value)) return await this.#begin(new Pages(value));
    if (Array.isArray(value) && value.length > 0 && value.every(isPlainObject)) return await this.#begin(new Pages(value));
    return this.one(value);
  }

  /** The next page of what was shown last. */
  async more(): Promise<string> {
    if (this.#pages === undefined) return this.#note('There is no more to show.');
    return await this.#next(this.#pages);
  }

  /** A value that is not gone through. */
  one(value: unknown): string {
    if (value === undefined) return '';
    if (isPlainObject(value) && Object.keys(value).length > 0) {
      const text = jsonText(value);
      if (text !== undefined) return this.#document(text);
    }
    if (this.mode === 'json') {
      const text = jsonText(value);
      if (text !== undefined) return this.#json(text);
    }
    return this.#inspected(value);
  }

  #document(text: string): string {
    return this.mode === 'json' ? this.#json(text) : documentFields(this.#terminal, text).trimEnd();
  }

  #inspected(value: unknown): string {
    if (typeof value === 'string') return this.#terminal.style('green', printable(value).replaceAll('\\n', '\n'));
    const colors = this.#terminal.style('bold', '') !== '';
    return inspect(value, { colors, depth: 4, breakLength: this.#terminal.columns });
  }

  async #begin(pages: Pages): Promise<string> {
    this.#pages = undefined;
    return await this.#next(pages);
  }

  async #next(pages: Pages): Promise<string> {
    const { texts, hasMore } = await this.#transport.bySmallPages(() => pages.next(this.pageDocuments));
    this.#pages = hasMore ? pages : undefined;
    if (texts.length === 0) return this.#note('No document.');
    return `${this.#page(texts)}\n${this.#note(`${counted(texts.length, 'document')}${hasMore ? `; there are more: ${this.moreBy}` : ''}.`)}`;
  }

  #page(texts: readonly string[]): string {
    if (this.mode === 'json') return texts.map((text) => this.#json(text)).join('\n');
    return documentTable(this.#terminal, texts, this.mode === 'wide', '.mode wide or .mode json').trimEnd();
  }

  #json(text: string): string {
    return colourJson(this.#terminal, indentJson(text));
  }

  #note(text: string): string {
    return this.#terminal.style('dim', text);
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PageBlock, readBlocks } from './page-blocks.ts';
import { looksLike } from './page-steps.ts';
import { ReaderShell } from './reader-shell.ts';
import { PAGE_PORT } from './run-steps.ts';
import { Terminal } from './terminal.ts';

/** Where a reader begins: an empty folder, what is on the path, and the port that stands for the one of the page. */
export type Desk = { readonly folder: string; readonly env: NodeJS.ProcessEnv; readonly port: number };

/** A refusal that the page does not show. */
const MISTAKE = /error\[|"code":"|command not found|^curl:|^(?:Uncaught )?\w*Error\b/m;

/** Milliseconds in which a further terminal must show what the page says. */
const SHOWN_WITHIN_MS = 60_000;

/** Does what a page says, block after block, and throws at the first that does not do what the page shows. Returns how many it did. */
export async function runPage(markdown: string, desk: Desk): Promise<number> {
  const blocks = readBlocks(markdown.replaceAll(`:${PAGE_PORT}`, `:${desk.port}`));
  const reader = new Reader(desk);
  try {
    for (const block of blocks) await reader.act(block);
    return blocks.length;
  } finally {
    await reader.leave();
  }
}

class Reader {
  readonly #desk: Desk;
  readonly #shell: ReaderShell;
  readonly #terminals = new Map<string, Terminal>();
  #folder: string;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#folder = desk.folder;
    this.#shell = new ReaderShell({ cwd: desk.folder, env: desk.env });
  }

  async act(block: PageBlock): Promise<void> {
    if (block.kind === 'file') return writeFileSync(join(this.#folder, block.name), block.text);
    if (block.kind === 'shown') return this.#expect(block.terminal, block.text, block.line);
    if (block.kind === 'program') return this.#runProgram(block);
    if (block.terminal === undefined) return this.#run(block.text, block);
    await this.#open(block.terminal, block.text);
    if (block.shown !== undefined) await this.#expect(block.terminal, block.shown, block.line);
  }

  async leave(): Promise<void> {
    for (const terminal of this.#terminals.values()) await terminal.interrupt();
    await this.#shell.close();
  }

  async #runProgram({ text, language, line, shown }: PageBlock & { kind: 'program' }): Promise<void> {
    const name = `line-${line}.${language === 'ts' ? 'mts' : 'mjs'}`;
    writeFileSync(join(this.#folder, name), text);
    await this.#run(`node ${name}`, { line, shown });
  }

  async #run(commands: string, { line, shown }: { readonly line: number; readonly shown: string | undefined }): Promise<void> {
    const { output, code, folder } = await this.#shell.run(commands);
    this.#folder = folder;
    if (shown !== undefined && !looksLike(output, shown))
      throw new Error(`line ${line}:\n${commands}\nprints\n${output}\nand should print\n${shown}`);
    if (shown === undefined && (code !== 0 || MISTAKE.test(output)))
      throw new Error(`line ${line}:\n${commands}\nends with ${code} and prints\n${output}`);
  }

  /** What ran in that terminal is ended by Ctrl-C first, as a reader does to type into it. It stands in the reader's folder. */
  async #open(name: string, commands: string): Promise<void> {
    await this.#terminals.get(name)?.interrupt();
    this.#terminals.set(name, new Terminal(commands, { cwd: this.#folder, env: this.#desk.env }));
  }

  async #expect(name: string, text: string, line: number): Promise<void> {
    const terminal = this.#terminals.get(name);
    if (terminal === undefined) throw new Error(`line ${line}: nothing was typed into ${name}.`);
    try {
      await terminal.shows((output) => looksLike(output, text), SHOWN_WITHIN_MS);
    } catch (error) {
      throw new Error(`line ${line}: ${name} shows\n${(error as Error).message}\nand should show\n${text}`, { cause: error });
    }
  }
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { AerolithError } from '@aerolithdb/protocol';
import type { Event } from 'js-yaml';

/** One `name: value` of a configuration file, the value as it is written. `line` counts from 1. */
export type FileEntry = { readonly name: string; readonly text: string; readonly line: number };

type Yaml = typeof import('js-yaml');

/** Loaded only when there is a file: it takes longer than everything else that options need. */
function loadYaml(): Yaml {
  return createRequire(import.meta.url)('js-yaml') as Yaml;
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/**
 * Reads a configuration file: YAML 1.2 (of which JSON is a part), one mapping of names to texts or numbers. A value is not
 * interpreted, so `off` is the word and `0123` keeps its zero. Throws `invalid_configuration` with the line.
 */
export function readOptionFile(file: string): FileEntry[] {
  const extension = extname(file).toLowerCase();
  if (!EXTENSIONS.includes(extension)) {
    throw unusable(file, `it ends in "${extension}"; give a file that ends in ${EXTENSIONS.join(', ')}`);
  }
  return parseOptionFile(readText(file), file);
}

/** As `readOptionFile`, for a text that was read already. */
export function parseOptionFile(source: string, file: string): FileEntry[] {
  const yaml = loadYaml();
  return new EntryReader(yaml, source, file).entries(parsed(yaml, source, file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw unusable(file, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function parsed(yaml: Yaml, source: string, file: string): Event[] {
  try {
    return yaml.parseEvents(source, { filename: file });
  } catch (thrown) {
    if (!(thrown instanceof yaml.YAMLException)) throw thrown;
    throw unusable(thrown.mark === undefined ? file : `${file}:${thrown.mark.line + 1}`, thrown.reason);
  }
}

function unusable(where: string, why: string): AerolithError {
  return new AerolithError('invalid_configuration', `The configuration file ${where} cannot be used: ${why}.`, { file: where });
}

/** Takes the entries out of the events of the parser, of which a mapping is: begin, key, value, key, value …, end. */
class EntryReader {
  readonly #yaml: Yaml;
  readonly #source: string;
  readonly #file: string;

  constructor(yaml: Yaml, source: string, file: string) {
    this.#yaml = yaml;
    this.#source = source;
    this.#file = file;
  }

  entries(events: readonly Event[]): FileEntry[] {
    const { DOCUMENT, MAPPING, POP } = this.#yaml.EVENT_ID;
    const [, root, ...rest] = events;
    if (root === undefined || this.#isEmpty(root)) return [];
    if (root.type !== MAPPING) throw unusable(this.#file, 'it must hold one mapping, such as "readers: 2"');
    if (rest.some(({ type }) => type === DOCUMENT)) throw unusable(this.#file, 'it must hold one document, not several');
    const end = rest.findIndex(({ type }) => type === POP);
    const found: FileEntry[] = [];
    for (let at = 0; at < (end === -1 ? rest.length : end); at += 2) found.push(this.#entry(rest[at], rest[at + 1]));
    for (const [index, { name, line }] of found.entries()) {
      if (found.findIndex((other) => other.name === name) < index)
        throw unusable(`${this.#file}:${line}`, `${name} stands twice`);
    }
    return found;
  }

  #entry(key: Event | undefined, value: Event | undefined): FileEntry {
    const { SCALAR } = this.#yaml.EVENT_ID;
    if (key?.type !== SCALAR) throw unusable(this.#file, 'the name of an option must be a word');
    const line = this.#lineOf(key.valueStart);
    const name = this.#yaml.getScalarValue(this.#source, key);
    if (value?.type === SCALAR && !this.#isEmpty(value)) {
      return { name, text: this.#yaml.getScalarValue(this.#source, value), line };
    }
    throw new AerolithError('invalid_configuration', `${name} in ${this.#file}:${line} must be a text or a number.`, {
      option: name,
      file: this.#file,
      line,
    });
  }

  /** Whether a value is left out, or says that it is. */
  #isEmpty(event: Event): boolean {
    const { SCALAR } = this.#yaml.EVENT_ID;
    if (event.type !== SCALAR || event.style !== this.#yaml.SCALAR_STYLE.PLAIN) return false;
    return event.valueStart === -1 || /^(~|null)?$/i.test(this.#yaml.getScalarValue(this.#source, event));
  }

  #lineOf(offset: number): number {
    return this.#source.slice(0, offset).split('\n').length;
  }
}

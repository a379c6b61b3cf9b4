import type { DotCommand } from '../dot/dot-command.ts';
import { VALUE_NAMES } from '../scope.ts';
import type { DataNames } from './data-names.ts';
import { keysAt } from './keys.ts';
import { collectionMethods, cursorMethods, databaseMethods } from './methods.ts';
import { ownerOf } from './owner.ts';
import { type Place, placeOf } from './place.ts';

/** As readline takes it: what could stand in place of the word before the cursor, and that word. */
export type Completions = [string[], string];

export type CompleterParts = {
  readonly names: DataNames;
  /** Variables of the user and what stands ready. */
  readonly scope: object;
  readonly commands: readonly DotCommand[];
};

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Words of JavaScript that one begins a line with. */
const WORDS = ['await', 'const', 'for', 'function', 'let', 'it', 'show collections'];
const OF_JAVASCRIPT = [
  'Array',
  'BigInt',
  'Date',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Set',
  'String',
  'console',
];

export class Completer {
  readonly #parts: CompleterParts;

  constructor(parts: CompleterParts) {
    this.#parts = parts;
  }

  /** What the text up to the cursor can go on with. */
  async complete(text: string): Promise<Completions> {
    const dot = /^\s*\.(\w*)(?:(\s+)(.*))?$/s.exec(text);
    if (dot === null) return await this.#code(text);
    const [, name = '', space, rest = ''] = dot;
    if (space === undefined)
      return fitting(
        this.#parts.commands.map((command) => `.${command.name}`),
        `.${name}`,
      );
    return await this.#argument(
      this.#parts.commands.find((command) => command.name === name),
      rest,
    );
  }

  async #argument(command: DotCommand | undefined, rest: string): Promise<Completions> {
    const [takes] = command?.takes ?? [];
    if (takes === 'code') return await this.#code(rest);
    const index = rest.split(/\s+/).length - 1;
    const word = rest.split(/\s+/).at(-1) ?? '';
    const expected = command?.takes?.[index];
    if (expected === 'collection') return fitting(await this.#parts.names.collections(), word);
    return Array.isArray(expected) ? fitting(expected, word) : [[], word];
  }

  async #code(text: string): Promise<Completions> {
    const place = placeOf(text);
    const candidates = await this.#candidates(place);
    const written = candidates.map((name) => quoted(name, place)).filter((name) => name !== undefined);
    return fitting(written, place.quote + place.prefix, place.kind === 'key' ? place.prefix : undefined);
  }

  async #candidates(place: Place): Promise<readonly string[]> {
    switch (place.kind) {
      case 'nothing':
        return [];
      case 'name':
        return place.prefix === '' ? [] : this.#firstNames();
      case 'member':
        return await this.#members(place);
      default:
        return await this.#keys(place);
    }
  }

  #firstNames(): readonly string[] {
    return [...Object.keys(this.#parts.scope), ...Object.keys(VALUE_NAMES), ...WORDS, ...OF_JAVASCRIPT];
  }

  async #members({ chain }: Place & { kind: 'member' }): Promise<readonly string[]> {
    const owner = ownerOf(chain, this.#parts.scope);
    switch (owner.kind) {
      case 'database':
        return [...(await this.#parts.names.collections()).filter((name) => IDENTIFIER.test(name)), ...databaseMethods()];
      case 'collection':
        return collectionMethods();
      case 'cursor':
        return cursorMethods();
      case 'object':
        return membersOf(owner.object);
      case 'unknown':
        return [];
    }
  }

  async #keys({ chain, method, argument, path, kind }: Place & { kind: 'key' | 'string' }): Promise<readonly string[]> {
    const owner = ownerOf(chain, this.#parts.scope);
    if (owner.kind === 'database')
      return method === 'collection' || method === 'dropCollection' ? await this.#parts.names.collections() : [];
    if (owner.kind !== 'collection' && owner.kind !== 'cursor') return [];
    if (kind === 'string' && method !== 'distinct') return [];
    const keys = keysAt(method, argument, path);
    if (!keys.fields) return keys.names;
    const paths = await this.#parts.names.fields(owner.collection);
    return [...below(paths, keys.base), ...keys.names];
  }
}

/** Paths below a base, without it. */
function below(paths: readonly string[], base: string): readonly string[] {
  if (base === '') return paths;
  return paths.filter((path) => path.startsWith(`${base}.`)).map((path) => path.slice(base.length + 1));
}

/** As it must be written: a key that is no identifier in quotes, all in the quote that was begun. */
function quoted(name: string, { kind, quote }: Place): string | undefined {
  if (quote !== '') return `${quote}${name}${quote}`;
  if (kind !== 'key' || IDENTIFIER.test(name)) return name;
  return `'${name.replace(/['\\]/g, '\\$&')}'`;
}

/** `unquoted`: the word, when it may also be the beginning of a name that must be quoted. */
function fitting(candidates: readonly string[], word: string, unquoted?: string): Completions {
  const isFit = (name: string) => name.startsWith(word) || (unquoted !== undefined && name.startsWith(`'${unquoted}`));
  return [[...new Set(candidates.filter(isFit))], word];
}

function membersOf(object: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) if (IDENTIFIER.test(name)) names.add(name);
  return [...names].sort();
}

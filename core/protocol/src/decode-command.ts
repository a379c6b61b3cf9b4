import { AerolithError } from './aerolith-error.ts';
import type { Command } from './command.ts';
import { FIELDS_OF, type Field, READ_FIELD_LIST } from './command-fields.ts';
import { COMMAND_HEAD, encodeCommand } from './encode-command.ts';
import { skipJson } from './skip-json.ts';
import { validateCommand } from './validate-command.ts';

/**
 * The command that a text of `encodeCommand` holds. Stored texts are cut out and not parsed; who applies them does that.
 *
 * @throws invalid_command when the text is not exactly what `encodeCommand` gives for a valid command.
 */
export function decodeCommand(text: string): Command {
  const command = validateCommand(new CommandReader(text).command(), { texts: 'unchecked' });
  if (encodeCommand(command) !== text) throw malformed('is not in its one canonical encoding');
  return command;
}

function malformed(why: string): AerolithError {
  return new AerolithError('invalid_command', `The encoded command ${why}.`);
}

/** Reads the exact layout of an encoded command. What it lets pass is checked by validation and by encoding again. */
class CommandReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  command(): object {
    this.#expect(COMMAND_HEAD);
    const id = this.#json();
    this.#expect(',"actor":');
    const actor = this.#json();
    this.#expect(',"operation":');
    const operation = this.#operation();
    this.#expect('}');
    return { id, actor, operation };
  }

  #operation(): object {
    this.#expect('{"type":');
    const type = this.#json();
    const fields = typeof type === 'string' ? FIELDS_OF.get(type) : undefined;
    if (fields === undefined) throw malformed('names an operation that does not exist');
    const operation: Record<string, unknown> = { type };
    this.#fields(fields, operation, ',');
    this.#expect('}');
    return operation;
  }

  #read(): object {
    const read: Record<string, unknown> = {};
    this.#expect('{');
    this.#fields(READ_FIELD_LIST, read, '');
    this.#expect('}');
    return read;
  }

  #fields(fields: readonly Field[], into: Record<string, unknown>, before: string): void {
    let separator = before;
    for (const field of fields) {
      if (!this.#take(`${separator}"${field.name}":`)) continue;
      into[field.name] = this.#field(field);
      separator = ',';
    }
  }

  #field(field: Field): unknown {
    switch (field.kind) {
      case 'stored':
        return this.#slice();
      case 'storedList':
        return this.#list(() => this.#slice());
      case 'operations':
        return this.#list(() => this.#operation());
      case 'reads':
        return this.#list(() => this.#read());
      default:
        return this.#json();
    }
  }

  #list<T>(item: () => T): T[] {
    const items: T[] = [];
    this.#expect('[');
    if (this.#take(']')) return items;
    do items.push(item());
    while (this.#take(','));
    this.#expect(']');
    return items;
  }

  #slice(): string {
    const start = this.#at;
    this.#at = skipJson(this.#text, start);
    if (this.#at <= start) throw malformed('ends in the middle of a value');
    return this.#text.slice(start, this.#at);
  }

  #json(): unknown {
    try {
      return JSON.parse(this.#slice());
    } catch (error) {
      if (error instanceof SyntaxError) throw malformed('holds a value that is not JSON');
      throw error;
    }
  }

  #take(literal: string): boolean {
    if (!this.#text.startsWith(literal, this.#at)) return false;
    this.#at += literal.length;
    return true;
  }

  #expect(literal: string): void {
    if (!this.#take(literal)) throw malformed(`has no ${literal} at character ${this.#at}`);
  }
}

import { usageError } from './cli-error.ts';

/** The options of one run, by the camel-case name commander gives them (`--token-file` is `tokenFile`). */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** Whether `--no-NAME` was given. */
  isOff(name: string): boolean {
    return this.#values[name] === false;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  /** A whole number, zero or more and at most `max`. Throws a usage error for anything else. */
  whole(name: string, max: number = Number.MAX_SAFE_INTEGER): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value <= max) return value;
    throw usageError(`--${dashed(name)} takes a whole number from 0 to ${max}, not "${text}".`, { option: name });
  }

  /** Those that hold a text, for a command that hands its options on. */
  texts(): [name: string, text: string][] {
    return Object.entries(this.#values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  }
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

import { AerolithError } from '@aerolithdb/protocol';

/** Where a protocol listens. Port 0 lets the system choose. */
export type Address = { readonly host: string; readonly port: number };

const LOOPBACK = '127.0.0.1';

/** `off`, `PORT`, `:PORT`, `HOST:PORT` or `[IPV6]:PORT`. A port alone is on loopback. Throws `invalid_configuration`. */
export function parseAddress(text: string, option: string): Address | 'off' {
  if (text === 'off') return 'off';
  const match = /^(?:(?:\[([^\]]+)\]|([^:[\]]*)):)?(\d{1,5})$/.exec(text);
  const port = match === null ? Number.NaN : Number(match[3]);
  if (match === null || port > 65535) {
    throw invalid(option, text, 'an address such as 127.0.0.1:8080, a port, or off');
  }
  return { host: match[1] || match[2] || LOOPBACK, port };
}

/** A whole number within bounds. Throws `invalid_configuration`. */
export function parseWhole(text: string, option: string, low: number, high: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw invalid(option, text, `a whole number from ${low} to ${high}`);
  return value;
}

/** A number of threads, or `auto`. Throws `invalid_configuration`. */
export function parseThreads(
  text: string,
  option: string,
  { auto, most }: { readonly auto: number; readonly most: number },
): number {
  return text === 'auto' ? auto : parseWhole(text, option, 1, most);
}

/** One of some words. Throws `invalid_configuration`. */
export function parseWord<W extends string>(text: string, option: string, words: readonly W[]): W {
  const found = words.find((word) => word === text);
  if (found === undefined) throw invalid(option, text, `one of ${words.join(', ')}`);
  return found;
}

/** A path that is not empty. Throws `invalid_configuration`. */
export function parsePath(text: string, option: string): string {
  if (text === '' || text.includes('\0')) throw invalid(option, text, 'a path');
  return text;
}

export function formatAddress(address: Address): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

function invalid(option: string, text: string, expected: string): AerolithError {
  return new AerolithError('invalid_configuration', `${option} is "${text}"; give ${expected}.`, { option, value: text });
}

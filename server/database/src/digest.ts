import { hash } from 'node:crypto';

/** SHA-256 of the parts, told apart, as 64 hexadecimal digits. */
export function digest(...parts: readonly string[]): string {
  return hash('sha256', parts.length === 1 ? parts[0]! : parts.map((part) => `${part.length}:${part}`).join(''), 'hex');
}

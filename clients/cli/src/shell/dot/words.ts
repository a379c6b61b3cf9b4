import { usageError } from '../../program/cli-error.ts';
import type { DotCommand } from './dot-command.ts';

/** The words after a command, of which there must be so many. A word with blanks stands in quotes. Throws a usage error. */
export function words(rest: string, command: Pick<DotCommand, 'name' | 'usage'>, count: 2): [string, string];
export function words(rest: string, command: Pick<DotCommand, 'name' | 'usage'>, count: 1): [string];
export function words(rest: string, { name, usage }: Pick<DotCommand, 'name' | 'usage'>, count: number): string[] {
  const found = optionalWords(rest);
  if (found.length === count) return found;
  throw usageError(`Write it as: .${name} ${usage}`);
}

export function optionalWords(rest: string): string[] {
  return [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');
}

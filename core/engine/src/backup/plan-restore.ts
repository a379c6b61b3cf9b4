import { AerolithError } from '@aerolithdb/protocol';
import type { About } from './about.ts';

/** Where a restore ends: a height, or the last block whose time (milliseconds since 1970) is not after this one. Absent: at the end. */
export type Until = { readonly height: number } | { readonly time: number } | undefined;

export type NamedBackup = { readonly name: string; readonly about: About };

/**
 * What is done with each backup, in their order: `load` takes the state as it stands, `replay` applies the blocks one after the
 * other, `skip` takes nothing.
 */
export type RestoreStep = 'load' | 'replay' | 'skip';

/**
 * Decides how to come to a state, and that the backups lead there. A state before the end of the first backup is made by
 * applying its blocks from the very first one.
 * Throws `backup_mismatch` when the backups do not join, `invalid_position` when they do not lead there.
 */
export function planRestore(backups: readonly NamedBackup[], until: Until): RestoreStep[] {
  assertJoined(backups);
  const last = backups.at(-1)!;
  assertReached(last, until);
  return backups.map(({ about }) => stepOf(about, until));
}

function assertJoined(backups: readonly NamedBackup[]): void {
  const [first, ...rest] = backups;
  if (first === undefined) throw mismatch('A restore needs at least one backup.', {});
  const { since } = first.about;
  if (since !== undefined && since.height > 0) {
    const message = `${first.name} holds only the blocks after height ${since.height}. Name the backup that it continues before it.`;
    throw mismatch(message, { file: first.name, since: since.height });
  }
  let before = first;
  for (const next of rest) {
    assertFollows(before, next);
    before = next;
  }
}

function assertFollows(before: NamedBackup, next: NamedBackup): void {
  const { head } = before.about;
  const { since } = next.about;
  const details = { file: next.name, after: before.name, height: head.height, ...(since && { since: since.height }) };
  if (since === undefined)
    throw mismatch(
      `${next.name} is a full backup: it can only be the first. Name it first, and after it what continues it.`,
      details,
    );
  if (since.height !== head.height) {
    const what = since.height > head.height ? 'The blocks between are missing: a backup is missing or' : 'The backups overlap:';
    const message = `${next.name} continues from height ${since.height}, but ${before.name} ends at ${head.height}. ${what} the order is wrong.`;
    throw mismatch(message, details);
  }
  if (since.hash === head.hash) return;
  const message = `${next.name} continues from another block ${since.height} than the one at which ${before.name} ends: they are of different databases.`;
  throw mismatch(message, { ...details, expected: head.hash, found: since.hash });
}

function assertReached({ name, about }: NamedBackup, until: Until): void {
  if (until === undefined) return;
  if ('height' in until) {
    if (Number.isSafeInteger(until.height) && until.height > 0 && until.height <= about.head.height) return;
    const message = `The height ${until.height} is not in the backups: they go from 1 to ${about.head.height}. Add the backup that continues ${name}, or choose another height.`;
    throw new AerolithError('invalid_position', message, { height: until.height, head: about.head.height });
  }
  // The clock of a node may have gone back; the times of blocks have not.
  if (until.time <= Math.max(about.takenAt, about.head.time)) return;
  const message = `${name} was made before the time that was asked for, and cannot know what was written after. Add the backup that continues it, or choose an earlier time.`;
  throw new AerolithError('invalid_position', message, { time: until.time, takenAt: about.takenAt });
}

function stepOf({ since, head }: About, until: Until): RestoreStep {
  if (since !== undefined) return isPast(until, since.height) ? 'skip' : 'replay';
  const isWhole = until === undefined || ('height' in until ? head.height <= until.height : head.time <= until.time);
  return isWhole ? 'load' : 'replay';
}

/** Whether nothing after this height is wanted. By time, only the blocks themselves tell. */
function isPast(until: Until, height: number): boolean {
  return until !== undefined && 'height' in until && until.height <= height;
}

function mismatch(message: string, details: Readonly<Record<string, unknown>>): AerolithError {
  return new AerolithError('backup_mismatch', message, details);
}

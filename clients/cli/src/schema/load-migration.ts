import { pathToFileURL } from 'node:url';
import { AerolithError, parseDocument, suggestNearest } from '@aerolithdb/protocol';
import type { Perform } from './call.ts';
import { callText } from './call.ts';
import type { MigrationDatabase } from './migration.ts';
import { MigrationCalls, notAwaited } from './migration-calls.ts';
import { brokenMigration, type MigrationFile } from './migration-files.ts';
import { parseStep } from './parse-step.ts';

/** Makes the calls of one direction, one after the other. */
export type Play = (perform: Perform) => Promise<void>;

export type LoadedMigration = MigrationFile & { readonly up: Play; readonly down: Play | undefined };

const MEMBERS = ['description', 'up', 'down'];

/** Reads what a file does; of TypeScript its top level runs. Throws `migration_broken`. */
export async function loadMigration(file: MigrationFile): Promise<LoadedMigration> {
  const members = file.file.endsWith('.json') ? jsonMembers(file) : await moduleMembers(file);
  for (const name of Object.keys(members)) {
    if (MEMBERS.includes(name)) continue;
    const nearest = suggestNearest(name, MEMBERS);
    throw brokenMigration(
      file.file,
      `it has "${name}"; ${nearest === undefined ? 'it may have description, up and down' : `did you mean "${nearest}"?`}`,
    );
  }
  if (members.up === undefined) throw brokenMigration(file.file, 'it has no "up": a list of steps, or in TypeScript a function');
  const down = members.down === undefined ? undefined : playOf(file, 'down', members.down);
  return { ...file, up: playOf(file, 'up', members.up), down };
}

function jsonMembers({ file, text }: MigrationFile): Readonly<Record<string, unknown>> {
  try {
    return Object.fromEntries(parseDocument(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    if (error instanceof AerolithError) throw brokenMigration(file, error.message);
    throw error;
  }
}

async function moduleMembers({ file, path, hash }: MigrationFile): Promise<Readonly<Record<string, unknown>>> {
  try {
    const module: Readonly<Record<string, unknown>> = await import(`${pathToFileURL(path).href}?${hash}`);
    return { ...module };
  } catch (error) {
    throw brokenMigration(file, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

function playOf({ file }: MigrationFile, direction: string, work: unknown): Play {
  if (Array.isArray(work)) return playSteps(file, direction, work);
  if (typeof work === 'function') return (perform) => playFunction(work as (database: MigrationDatabase) => unknown, perform);
  throw brokenMigration(file, `"${direction}" must be a list of steps${file.endsWith('.ts') ? ' or a function' : ''}`);
}

/** Steps are checked now, so that a mistake in one stops everything before anything runs. */
function playSteps(file: string, direction: string, work: readonly unknown[]): Play {
  const steps = work.map((value, index) => {
    try {
      const step = parseStep(value);
      callText(step.call);
      return step;
    } catch (error) {
      if (error instanceof Error) throw brokenMigration(file, `step ${index + 1} of "${direction}": ${error.message}`);
      throw error;
    }
  });
  return async (perform) => {
    for (const { call, batching } of steps) await perform(call, batching);
  };
}

async function playFunction(work: (database: MigrationDatabase) => unknown, perform: Perform): Promise<void> {
  const calls = new MigrationCalls(perform);
  await work(calls);
  if (calls.running !== undefined) throw notAwaited(calls.running);
}

import type { CommandSpec } from '../program/command-spec.ts';
import { collection } from './collection.ts';
import { count } from './count.ts';
import { remove } from './delete.ts';
import { explain } from './explain.ts';
import { exportCommand } from './export.ts';
import { find } from './find.ts';
import { importCommand } from './import.ts';
import { index } from './index-command.ts';
import { insert } from './insert.ts';
import { token, user } from './principal.ts';
import { sample } from './sample.ts';
import { schema } from './schema.ts';
import { loadStart, start } from './start.ts';
import { status } from './status.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

const others: readonly CommandSpec[] = [
  status,
  find,
  count,
  explain,
  insert,
  update,
  remove,
  watch,
  importCommand,
  exportCommand,
  sample,
  collection,
  index,
  schema,
  user,
  token,
];

/** Every command with all of its options, for the reference. Reads the node's option table. */
export async function commandDeclarations(): Promise<readonly CommandSpec[]> {
  return [await loadStart(), ...others];
}

/** The commands for this command line: the node, with its database engine, is read only when `start` is meant. */
export async function commands(argv: readonly string[]): Promise<readonly CommandSpec[]> {
  return argv.includes('start') ? await commandDeclarations() : [start, ...others];
}

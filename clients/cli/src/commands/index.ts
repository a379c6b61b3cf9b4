import type { CommandSpec } from '../program/command-spec.ts';
import { aggregate } from './aggregate.ts';
import { backup } from './backup.ts';
import { bench } from './bench.ts';
import { collection } from './collection.ts';
import { config, loadConfig } from './config.ts';
import { count } from './count.ts';
import { remove } from './delete.ts';
import { doctor, loadDoctor } from './doctor.ts';
import { explain } from './explain.ts';
import { exportCommand } from './export.ts';
import { find } from './find.ts';
import { importCommand } from './import.ts';
import { index } from './index-command.ts';
import { insert } from './insert.ts';
import { key } from './key.ts';
import { token, user } from './principal.ts';
import { profile } from './profile.ts';
import { restore } from './restore.ts';
import { sample } from './sample.ts';
import { schema } from './schema.ts';
import { shell } from './shell.ts';
import { loadStart, start } from './start.ts';
import { status } from './status.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

const others: readonly CommandSpec[] = [
  bench,
  status,
  shell,
  find,
  count,
  aggregate,
  explain,
  profile,
  insert,
  update,
  remove,
  watch,
  importCommand,
  exportCommand,
  backup,
  restore,
  sample,
  collection,
  index,
  schema,
  user,
  token,
  key,
];

/** Commands whose options the node declares; the node is read only when one of them is meant. */
const ofNode: readonly { readonly plain: CommandSpec; readonly load: () => Promise<CommandSpec> }[] = [
  { plain: start, load: loadStart },
  { plain: config, load: loadConfig },
  { plain: doctor, load: loadDoctor },
];

/** Every command with all of its options, for the reference. Reads the node's option table. */
export async function commandDeclarations(): Promise<readonly CommandSpec[]> {
  return [...(await Promise.all(ofNode.map(({ load }) => load()))), ...others];
}

/** The commands for this command line: the node, with its database engine, is read only when a command of it is meant. */
export async function commands(argv: readonly string[]): Promise<readonly CommandSpec[]> {
  const isMeant = ofNode.some(({ plain }) => argv.includes(plain.name));
  return isMeant ? await commandDeclarations() : [...ofNode.map(({ plain }) => plain), ...others];
}

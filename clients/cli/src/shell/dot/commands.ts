import { collections, indexes, schema, stats } from './about-data.ts';
import { explain, profile } from './about-queries.ts';
import type { DotCommand } from './dot-command.ts';
import { importFile } from './import-file.ts';
import { helpText, load, mode, page, pager } from './shell-settings.ts';
import { watch } from './watch-changes.ts';

const help: DotCommand = {
  name: 'help',
  usage: '',
  does: 'this help',
  run: async (session) => helpText(session, DOT_COMMANDS),
};

/** Kept by Node's prompt: they change the line that is being typed, or end the program. */
const ofTheLine: readonly DotCommand[] = [
  { name: 'editor', usage: '', does: 'type several lines; Ctrl-D runs them', run: async () => '' },
  { name: 'exit', usage: '', does: 'leave, as Ctrl-D does', run: async () => '' },
];

/** The commands of the shell, in the order of the help. */
export const DOT_COMMANDS: readonly DotCommand[] = [
  collections,
  stats,
  schema,
  indexes,
  explain,
  profile,
  watch,
  importFile,
  mode,
  page,
  pager,
  load,
  help,
  ...ofTheLine,
];

/** Those that this shell runs by itself. */
export const OWN_COMMANDS: readonly DotCommand[] = DOT_COMMANDS.filter((command) => !ofTheLine.includes(command));

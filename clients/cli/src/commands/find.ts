import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { findPages, type Query } from '../remote/find-pages.ts';
import { documentPath } from '../remote/paths.ts';
import { documentFields, documentTable } from '../terminal/document-table.ts';
import { counted } from '../terminal/figures.ts';
import { printLine } from './print.ts';
import { AT, COLLECTION, FILTER, HINT, PROJECTION, queryOf, SKIP, SORT } from './query-options.ts';

const SCREEN_DOCUMENTS = 20;

export const find: CommandSpec = {
  name: 'find',
  summary: 'show the documents that a filter selects',
  description:
    'On a terminal the first 20 documents are shown as a table; --limit and --all show more. In a pipe, or with --json, every document goes out, one a line, as relaxed Extended JSON, exactly as the server sent it.',
  arguments: [COLLECTION, FILTER],
  options: [
    { flags: '--id <id>', description: 'the one document with this _id: text, a number, or Extended JSON' },
    PROJECTION,
    SORT,
    { flags: '--limit <n>', description: 'documents at most (default: 20 on a terminal, else all)' },
    { flags: '--all', description: 'all documents, also on a terminal' },
    SKIP,
    HINT,
    AT,
    { flags: '--wide', description: 'do not fit the table into the width of the terminal' },
  ],
  examples: [
    {
      command: `aerolith find cities '{country: "IS"}' --sort '{population: -1}' --limit 5`,
      does: 'the five largest places of Iceland',
    },
    { command: 'aerolith find cities --id 2988507', does: 'one document by its _id' },
    { command: `aerolith find cities '{population: {$gt: 5000000}}' --json | jq .name`, does: 'names only, through a pipe' },
    { command: 'aerolith find cities --at 2026-01-31T12:00:00Z --limit 3', does: 'documents as they were at that time' },
  ],
  async run(context, [collection = '', filter], options) {
    const id = options.text('id');
    if (id !== undefined) return await showOne(context, collection, id, filter, options);
    const query = queryOf(filter, options);
    const limit = options.whole('limit');
    if (context.json) await printAll(context, collection, query, limit);
    else
      await showTable(
        context,
        collection,
        query,
        options.flag('all') ? undefined : (limit ?? SCREEN_DOCUMENTS),
        options.flag('wide'),
      );
  },
};

async function showOne(
  context: Context,
  collection: string,
  id: string,
  filter: string | undefined,
  options: Options,
): Promise<void> {
  assertWholeDocument(filter, options);
  const at = options.text('at');
  const path = `${documentPath(collection, id)}${at === undefined ? '' : `?at=${encodeURIComponent(at)}`}`;
  const { text } = await context.client().send({ path });
  if (context.json) await printLine(context, text);
  else await context.terminal.out(documentFields(context.terminal, text));
}

/** What would choose or change documents has no effect beside `--id`, and is refused instead of being left out in silence. */
function assertWholeDocument(filter: string | undefined, options: Options): void {
  if (filter !== undefined) throw usageError('Give a filter or --id, not both.');
  const other = ['projection', 'sort', 'limit', 'skip', 'hint'].find((name) => options.text(name) !== undefined);
  if (other !== undefined) throw usageError(`--id shows one whole document; for --${other} give a filter such as '{_id: 5}'.`);
}

async function printAll(context: Context, collection: string, query: Query, limit: number | undefined): Promise<void> {
  for await (const { documents } of findPages(context.client(), collection, query, limit)) {
    if (documents.length > 0) await context.terminal.out(`${documents.join('\n')}\n`);
  }
}

/** One document more than is shown is asked for, to know whether there are more. */
async function showTable(
  context: Context,
  collection: string,
  query: Query,
  limit: number | undefined,
  wide: boolean,
): Promise<void> {
  const { terminal } = context;
  let shown = 0;
  let more = false;
  const asked = limit === undefined ? undefined : limit + 1;
  for await (const { documents } of findPages(context.client(), collection, query, asked)) {
    const fitting = documents.slice(0, limit === undefined ? documents.length : limit - shown);
    if (fitting.length > 0) await terminal.out(documentTable(terminal, fitting, wide));
    shown += fitting.length;
    more = fitting.length < documents.length;
  }
  const rest = more ? '; there are more: --limit N or --all' : '';
  await terminal.out(`${terminal.style('dim', `${shown === 0 ? 'No document' : counted(shown, 'document')}${rest}.`)}\n`);
}

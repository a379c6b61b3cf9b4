import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import { documentArgument } from '../program/json-argument.ts';
import { parseAnswer, textIn } from '../remote/answers.ts';
import { indexesOf, keysText, stateText } from '../remote/collection-answer.ts';
import { collectionPath } from '../remote/paths.ts';
import { requestBody } from '../remote/request-body.ts';
import { RestClient } from '../remote/rest-client.ts';
import { table } from '../terminal/table.ts';
import { waitForBuild } from './index-build.ts';
import { printResult } from './print.ts';
import { COLLECTION } from './query-options.ts';

const list: CommandSpec = {
  name: 'list',
  summary: 'list the indexes of a collection',
  arguments: [COLLECTION],
  examples: [{ command: 'aerolith index list cities', does: 'names, keys, options' }],
  async run(context, [collection = '']) {
    const { text } = await context.client().send({ path: `${collectionPath(collection)}/indexes` });
    if (context.json) {
      const lines = arraySlices(objectSlices(text).get('indexes') ?? '[]');
      if (lines.length > 0) await context.terminal.out(`${lines.join('\n')}\n`);
      return;
    }
    const rows = indexesOf(parseAnswer(text)).map((index) => [index.name, keysText(index.keys), stateText(index)]);
    const none = `The collection "${collection}" has no index but that of _id.\n`;
    await context.terminal.out(rows.length === 0 ? none : table(context.terminal, ['index', 'keys', 'options'], rows));
  },
};

const create: CommandSpec = {
  name: 'create',
  summary: 'make an index',
  arguments: [
    COLLECTION,
    { name: 'keys', description: "paths and directions, in order: '{country: 1, population: -1}'", required: true },
  ],
  options: [
    { flags: '--name <name>', description: 'name of the index (default: made of its keys)' },
    { flags: '--unique', description: 'no two documents may have the same keys' },
    { flags: '--sparse', description: 'leave out documents that have none of the paths' },
    { flags: '--partial <filter>', description: 'only documents that this filter selects' },
    { flags: '--expire-after <seconds>', description: 'delete documents so long after the date that the path holds' },
    { flags: '--hidden', description: 'keep it, but let no query use it' },
    { flags: '--no-wait', description: 'return when the build has begun; `aerolith index list` shows how far it is' },
    { flags: '--options <json>', description: "further options of its kind: '{weights: {title: 10}}'" },
  ],
  examples: [
    { command: `aerolith index create cities '{country: 1, population: -1}'`, does: 'a compound index' },
    { command: `aerolith index create people '{email: 1}' --unique`, does: 'a unique one' },
    { command: `aerolith index create sessions '{seen: 1}' --expire-after 3600`, does: 'documents end an hour after `seen`' },
  ],
  async run(context, [collection = '', keys = ''], options) {
    const name = options.text('name');
    const partial = options.text('partial');
    const further = documentArgument(options.text('options') ?? '{}', 'options').text;
    const body = requestBody({
      keys: documentArgument(keys, 'keys').text,
      name: name === undefined ? undefined : JSON.stringify(name),
      unique: options.flag('unique') ? 'true' : undefined,
      sparse: options.flag('sparse') ? 'true' : undefined,
      hidden: options.flag('hidden') ? 'true' : undefined,
      partialFilterExpression: partial === undefined ? undefined : documentArgument(partial, 'partial filter').text,
      expireAfterSeconds: options.whole('expireAfter')?.toString(),
      ...Object.fromEntries(objectSlices(further)),
    });
    const path = `${collectionPath(collection)}/indexes`;
    const { text } = await context.client().send({ method: 'POST', path, body, commandId: RestClient.commandId() });
    if (!options.isOff('wait')) await waitForBuild(context, collection, textIn(parseAnswer(text), 'name'));
    await printResult(context, text, `Made the index "${textIn(parseAnswer(text), 'name')}".`);
  },
};

const drop: CommandSpec = {
  name: 'drop',
  summary: 'remove an index',
  arguments: [COLLECTION, { name: 'index', description: 'name of the index', required: true }],
  examples: [{ command: 'aerolith index drop cities country_1_population_-1', does: 'the documents stay' }],
  async run(context, [collection = '', index = '']) {
    const path = `${collectionPath(collection)}/indexes/${encodeURIComponent(index)}`;
    const { text } = await context.client().send({ method: 'DELETE', path, commandId: RestClient.commandId() });
    await printResult(context, text, `Removed the index "${index}".`);
  },
};

const NAME = { name: 'index', description: 'name of the index', required: true };

/** PATCHes an index. */
async function alter(context: Context, collection: string, name: string, body: string, done: string): Promise<void> {
  const path = `${collectionPath(collection)}/indexes/${encodeURIComponent(name)}`;
  const { text } = await context.client().send({ method: 'PATCH', path, body, commandId: RestClient.commandId() });
  await printResult(context, text, done);
}

const hide: CommandSpec = {
  name: 'hide',
  summary: 'keep an index from queries, to see what they do without it',
  arguments: [COLLECTION, NAME],
  examples: [{ command: 'aerolith index hide cities country_1', does: 'it is kept, and shown again in no time' }],
  run: (context, [collection = '', name = '']) =>
    alter(context, collection, name, '{"hidden":true}', `Queries no longer use the index "${name}".`),
};

const unhide: CommandSpec = {
  name: 'unhide',
  summary: 'let queries use a hidden index again',
  arguments: [COLLECTION, NAME],
  examples: [{ command: 'aerolith index unhide cities country_1', does: 'takes its place at once' }],
  run: (context, [collection = '', name = '']) =>
    alter(context, collection, name, '{"hidden":false}', `Queries use the index "${name}" again.`),
};

const expire: CommandSpec = {
  name: 'expire',
  summary: 'change when the documents of an index expire',
  arguments: [COLLECTION, NAME, { name: 'seconds', description: 'seconds after the date of a document', required: true }],
  examples: [{ command: 'aerolith index expire sessions seen_1 7200', does: 'two hours after `seen`' }],
  run: (context, [collection = '', name = '', seconds = '']) =>
    alter(context, collection, name, requestBody({ expireAfterSeconds: wholeNumber(seconds) }), `Changed the index "${name}".`),
};

function wholeNumber(text: string): string {
  if (/^\d{1,10}$/.test(text)) return String(Number(text));
  throw usageError(`The seconds are a whole number, not "${text}".`, { argument: 'seconds' });
}

export const index: CommandSpec = {
  name: 'index',
  summary: 'list, make, hide and remove indexes',
  examples: [],
  subcommands: [list, create, hide, unhide, expire, drop],
};

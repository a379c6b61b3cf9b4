import { readFile } from 'node:fs/promises';
import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';
import type { CommandSpec, OptionSpec } from '../program/command-spec.ts';
import { documentArgument } from '../program/json-argument.ts';
import type { Options } from '../program/options.ts';
import { parseAnswer } from '../remote/answers.ts';
import { type CollectionAnswer, collectionOf, collectionsOf, keysText } from '../remote/collection-answer.ts';
import { collectionPath } from '../remote/paths.ts';
import { requestBody } from '../remote/request-body.ts';
import { RestClient } from '../remote/rest-client.ts';
import { grouped } from '../terminal/figures.ts';
import { table } from '../terminal/table.ts';
import { printFields, printResult } from './print.ts';
import { COLLECTION } from './query-options.ts';

const SCHEMA: OptionSpec = { flags: '--schema <json>', description: 'JSON Schema 2020-12 that documents must satisfy, or @FILE' };

const list: CommandSpec = {
  name: 'list',
  summary: 'list the collections',
  examples: [{ command: 'aerolith collection list', does: 'names, documents, indexes' }],
  async run(context) {
    const { text } = await context.client().send({ path: '/v1/collections' });
    if (context.json) {
      const lines = arraySlices(objectSlices(text).get('collections') ?? '[]');
      if (lines.length > 0) await context.terminal.out(`${lines.join('\n')}\n`);
      return;
    }
    const rows = collectionsOf(parseAnswer(text)).map((info) => [
      info.name,
      grouped(info.documents),
      info.hasSchema ? 'yes' : 'no',
      info.indexes.map((index) => index.name).join(', '),
    ]);
    const none = 'There is no collection yet; "aerolith sample load cities" makes one.\n';
    const head = ['collection', 'documents', 'schema', 'indexes'];
    await context.terminal.out(rows.length === 0 ? none : table(context.terminal, head, rows, { numeric: new Set([1]) }));
  },
};

const show: CommandSpec = {
  name: 'show',
  summary: 'show one collection: documents, schema, indexes',
  arguments: [COLLECTION],
  examples: [{ command: 'aerolith collection show cities', does: 'what there is to know of it' }],
  async run(context, [name = '']) {
    const { text } = await context.client().send({ path: collectionPath(name) });
    await printFields(context, text, described(collectionOf(parseAnswer(text)), text));
  },
};

function described(info: CollectionAnswer, text: string): readonly (readonly [string, string])[] {
  const schema = objectSlices(objectSlices(text).get('options') ?? '{}').get('schema');
  return [
    ['collection', info.name],
    ['documents', grouped(info.documents)],
    ['schema', schema ?? 'none'],
    ...info.indexes.map(({ name, keys, options }) => ['index', `${name}  ${keysText(keys)}  ${options}`.trimEnd()] as const),
  ];
}

const create: CommandSpec = {
  name: 'create',
  summary: 'make a collection',
  arguments: [COLLECTION],
  options: [SCHEMA],
  examples: [
    { command: 'aerolith collection create people', does: 'an empty collection' },
    { command: 'aerolith collection create people --schema @people.schema.json', does: 'with a schema out of a file' },
  ],
  async run(context, [name = ''], options) {
    const body = requestBody({ name: JSON.stringify(name), schema: await schemaText(options) });
    const { text } = await context
      .client()
      .send({ method: 'POST', path: '/v1/collections', body, commandId: RestClient.commandId() });
    await printResult(context, text, `Made the collection "${name}".`);
  },
};

const alter: CommandSpec = {
  name: 'alter',
  summary: 'change the options of a collection',
  description: 'Documents that are there already are not checked against a new schema.',
  arguments: [COLLECTION],
  options: [SCHEMA, { flags: '--no-schema', description: 'take the schema away' }],
  examples: [
    { command: `aerolith collection alter people --schema '{"required": ["name"]}'`, does: 'set a schema' },
    { command: 'aerolith collection alter people --no-schema', does: 'take it away' },
  ],
  async run(context, [name = ''], options) {
    const schema = options.isOff('schema') ? 'null' : await schemaText(options);
    if (schema === undefined) throw usageError('Say what to change: --schema JSON or --no-schema.');
    const body = requestBody({ schema });
    const { text } = await context
      .client()
      .send({ method: 'PATCH', path: collectionPath(name), body, commandId: RestClient.commandId() });
    await printResult(context, text, `Changed the collection "${name}".`);
  },
};

const drop: CommandSpec = {
  name: 'drop',
  summary: 'remove a collection with its documents and indexes',
  arguments: [COLLECTION],
  examples: [{ command: 'aerolith collection drop people', does: 'without asking again' }],
  async run(context, [name = '']) {
    const { text } = await context
      .client()
      .send({ method: 'DELETE', path: collectionPath(name), commandId: RestClient.commandId() });
    await printResult(context, text, `Removed the collection "${name}".`);
  },
};

/** The JSON text of `--schema`; `@FILE` reads it out of a file. */
async function schemaText(options: Options): Promise<string | undefined> {
  const given = options.text('schema');
  if (given === undefined) return undefined;
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given;
  return documentArgument(text, 'schema').text;
}

export const collection: CommandSpec = {
  name: 'collection',
  summary: 'list, show, make, change and remove collections',
  examples: [],
  subcommands: [list, show, create, alter, drop],
};

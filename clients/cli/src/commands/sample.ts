import { type Document, suggestNearest, toRelaxed } from '@aerolithdb/protocol';
import type { RecordGroup } from '../importing/record.ts';
import { runImport } from '../importing/run-import.ts';
import { CliError, usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import { numberIn, parseAnswer } from '../remote/answers.ts';
import { collectionPath } from '../remote/paths.ts';
import { RestClient } from '../remote/rest-client.ts';
import type { Sample } from '../samples/sample.ts';
import { SAMPLES } from '../samples/sample-catalogue.ts';
import { grouped } from '../terminal/figures.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { printLine } from './print.ts';
import { programName } from './program-name.ts';

const GROUP_DOCUMENTS = 1000;

const list: CommandSpec = {
  name: 'list',
  summary: 'list the data sets that can be loaded',
  local: true,
  examples: [{ command: 'aerolith sample list', does: 'names, sizes, descriptions' }],
  async run(context) {
    if (context.json) {
      for (const { read: _, queries: __, ...facts } of SAMPLES) await printLine(context, JSON.stringify(facts));
      return;
    }
    await context.terminal.out(SAMPLES.map((sample) => described(context.terminal, sample)).join(''));
  },
};

const NAME_WIDTH = 13;
const COUNT_WIDTH = 9;

/** Name, number of documents, description; source and licence below. */
function described(terminal: Terminal, { name, documents, description, source, licence }: Sample): string {
  const indent = NAME_WIDTH + COUNT_WIDTH;
  const room = Math.max(30, terminal.columns - indent - 1);
  const facts = wrapText(`${source}. ${licence}.`, room).map((line) => terminal.style('dim', line));
  const lines = [...wrapText(description, room), ...facts].join(`\n${' '.repeat(indent)}`);
  const count = grouped(documents).padStart(COUNT_WIDTH - 2);
  return `${terminal.style('bold', name)}${' '.repeat(NAME_WIDTH - name.length)}${count}  ${lines}\n`;
}

const load: CommandSpec = {
  name: 'load',
  summary: 'load a data set into a collection',
  arguments: [{ name: 'name', description: 'name of the data set, out of "sample list"', required: true }],
  options: [
    { flags: '--collection <name>', description: 'collection to load into (default: the name of the data set)' },
    { flags: '--limit <n>', description: 'documents at most' },
    { flags: '--drop', description: 'remove the collection first when it exists' },
    { flags: '--in-flight <n>', description: 'batches under way at once', default: '4' },
  ],
  examples: [
    { command: 'aerolith sample load cities', does: 'the towns and cities of the world' },
    { command: 'aerolith sample load movies --collection films --limit 500', does: 'a part, under another name' },
  ],
  async run(context, [name = ''], options) {
    const sample = sampleNamed(name);
    const collection = options.text('collection') ?? sample.name;
    const limit = Math.min(options.whole('limit') ?? sample.documents, sample.documents);
    await makeRoom(context, collection, options.flag('drop'));
    const documents = await sample.read();
    await runImport(context, {
      label: sample.name,
      collection,
      create: true,
      documents: limit,
      groups: () => groupsOf(documents, limit),
      onError: { kind: 'stop' },
      inFlight: Math.max(1, options.whole('inFlight', 64) ?? 1),
    });
    if (!context.json) await context.terminal.out(tryNext(context, sample, collection));
  },
};

/** Throws a usage error that names the nearest. */
function sampleNamed(name: string): Sample {
  const sample = SAMPLES.find((known) => known.name === name);
  if (sample !== undefined) return sample;
  const names = SAMPLES.map((known) => known.name);
  const nearest = suggestNearest(name, names);
  const hint = nearest === undefined ? `there are ${names.join(', ')}` : `did you mean "${nearest}"?`;
  throw usageError(`There is no data set "${name}"; ${hint}${nearest === undefined ? '.' : ''}`, { sample: name });
}

/** Sees that the collection is empty or missing. Throws `collection_exists` when it holds documents and they are to stay. */
async function makeRoom(context: Context, collection: string, drop: boolean): Promise<void> {
  const client = context.client();
  const documents = await documentsIn(client, collection);
  if (documents === undefined || (documents === 0 && !drop)) return;
  if (drop) {
    await client.send({ method: 'DELETE', path: collectionPath(collection), commandId: RestClient.commandId() });
    return;
  }
  const sentence = `The collection "${collection}" holds ${grouped(documents)} documents already; say --drop to replace them, or --collection NAME to load beside them.`;
  throw new CliError('collection_exists', sentence, 4, { collection, documents });
}

async function documentsIn(client: RestClient, collection: string): Promise<number | undefined> {
  try {
    const { text } = await client.send({ path: collectionPath(collection) });
    return numberIn(parseAnswer(text), 'documents');
  } catch (error) {
    if (error instanceof CliError && error.code === 'unknown_collection') return undefined;
    throw error;
  }
}

/** The documents as records; the line of each is its number. */
async function* groupsOf(documents: Iterable<Document>, limit: number): AsyncGenerator<RecordGroup> {
  let records = [];
  let line = 0;
  for (const document of documents) {
    if (line === limit) break;
    line += 1;
    records.push({ line, text: toRelaxed(document) });
    if (records.length < GROUP_DOCUMENTS) continue;
    yield { records, bytesRead: 0 };
    records = [];
  }
  yield { records, bytesRead: 0 };
}

function tryNext(context: Context, sample: Sample, collection: string): string {
  const program = programName(context.env);
  const lines = sample.queries.map(({ asks, command }) => {
    const typed = command.replaceAll('{collection}', collection).replace(/\baerolith (?=[a-z])/g, `${program} `);
    return `  ${context.terminal.style('dim', `# ${asks}`)}\n  ${typed}\n`;
  });
  return `\nTry next:\n${lines.join('')}`;
}

export const sample: CommandSpec = {
  name: 'sample',
  summary: 'list and load real data sets to try things on',
  examples: [],
  subcommands: [list, load],
};

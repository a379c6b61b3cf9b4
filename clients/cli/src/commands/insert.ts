import { arraySlices, LIMITS, objectSlices } from '@aerolithdb/protocol';
import { inputFormat } from '../importing/input-format.ts';
import { readJson } from '../importing/json-reader.ts';
import { readNdjson } from '../importing/ndjson-reader.ts';
import { openInput } from '../importing/open-input.ts';
import { prepareDocument } from '../importing/prepare-document.ts';
import { asCliError, CliError, EXIT, usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import { documentArgument } from '../program/json-argument.ts';
import { ObjectIdSource } from '../remote/object-id-source.ts';
import { collectionPath } from '../remote/paths.ts';
import { RestClient } from '../remote/rest-client.ts';
import { counted } from '../terminal/figures.ts';
import { printResult } from './print.ts';
import { COLLECTION } from './query-options.ts';

const SHOWN_IDS = 3;

export const insert: CommandSpec = {
  name: 'insert',
  summary: 'insert documents: all of them or none',
  description:
    'Documents come as arguments, or through standard input (one a line, or a JSON array), at most 1,000 in one command. A document without _id gets an object id. For more, or for a file, use import.',
  arguments: [COLLECTION, { name: 'document', description: 'a document, as Extended JSON in single quotes', variadic: true }],
  examples: [
    { command: `aerolith insert people '{name: "Ada", born: {$date: "1815-12-10T00:00:00Z"}}'`, does: 'one document' },
    { command: `aerolith insert people '{"_id": 1, "name": "Bo"}' '{"_id": 2, "name": "Cy"}'`, does: 'two, both or none' },
    { command: 'jq -c .people[] staff.json | aerolith insert people', does: 'from a pipe' },
  ],
  async run(context, [collection = '', ...documents]) {
    const texts =
      documents.length > 0 ? documents.map((text) => documentArgument(text, 'document').text) : await fromPipe(context);
    if (texts.length === 0) throw usageError('There is no document to insert.');
    if (texts.length > LIMITS.batchDocuments) {
      throw usageError(`One insert takes at most ${LIMITS.batchDocuments} documents; use "aerolith import" for more.`);
    }
    const ids = new ObjectIdSource();
    const body = `[${texts.map((text) => prepared(text, ids)).join(',')}]`;
    const path = `${collectionPath(collection)}/documents`;
    const { text } = await context.client().send({ method: 'POST', path, body, commandId: RestClient.commandId() });
    await printResult(context, text, `Inserted ${counted(texts.length, 'document')}: ${idList(text)}.`);
  },
};

async function fromPipe(context: Context): Promise<string[]> {
  const input = await openInput('-', context.stdin);
  const read = inputFormat(undefined, input.beginning) === 'ndjson' ? readNdjson : readJson;
  const texts: string[] = [];
  for await (const { records } of read(input.bytes)) {
    for (const { line, text, problem } of records) {
      if (problem !== undefined) throw new CliError(problem.code, `Line ${line}: ${problem.message}`, EXIT.usage, { line });
      texts.push(text);
    }
  }
  return texts;
}

function prepared(text: string, ids: ObjectIdSource): string {
  try {
    return prepareDocument(text, ids);
  } catch (thrown) {
    const error = asCliError(thrown);
    throw new CliError(error.code, `The document is not accepted: ${error.message}`, EXIT.usage, error.details);
  }
}

function idList(answer: string): string {
  const ids = arraySlices(objectSlices(answer).get('ids') ?? '[]');
  const more = ids.length > SHOWN_IDS ? `, and ${ids.length - SHOWN_IDS} more` : '';
  return `_id ${ids.slice(0, SHOWN_IDS).join(', ')}${more}`;
}

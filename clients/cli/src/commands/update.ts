import { objectSlices } from '@aerolithdb/protocol';
import { CliError, EXIT, usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import { documentArgument, jsonArgument } from '../program/json-argument.ts';
import type { Options } from '../program/options.ts';
import { numberIn, parseAnswer } from '../remote/answers.ts';
import { collectionPath } from '../remote/paths.ts';
import { requestBody } from '../remote/request-body.ts';
import { RestClient } from '../remote/rest-client.ts';
import { counted, grouped } from '../terminal/figures.ts';
import { printResult } from './print.ts';
import { COLLECTION, SORT } from './query-options.ts';

export const update: CommandSpec = {
  name: 'update',
  summary: 'change the documents that a filter selects',
  description:
    'Changes the first document that matches, or with --many all of them. The update is made of operators such as $set, $inc, $push.',
  arguments: [
    COLLECTION,
    { name: 'filter', description: 'which documents, as Extended JSON in single quotes', required: true },
    { name: 'update', description: 'update operators, or a list of stages: \'{$set: {name: "Ada"}}\'', required: true },
  ],
  options: [
    { flags: '--many', description: 'all documents that match, not only the first' },
    { flags: '--upsert', description: 'insert a document when none matches' },
    { flags: '--array-filters <json>', description: 'conditions for $[name] in the update: \'[{"x.grade": {$gt: 80}}]\'' },
    SORT,
    { flags: '--if-version <version>', description: 'only when the document has this version' },
  ],
  examples: [
    { command: `aerolith update cities '{_id: 2988507}' '{$set: {mayor: "Anne"}, $inc: {visits: 1}}'`, does: 'one document' },
    { command: `aerolith update cities '{country: "IS"}' '{$addToSet: {tags: "nordic"}}' --many`, does: 'all that match' },
    { command: `aerolith update counters '{_id: "visits"}' '{$inc: {n: 1}}' --upsert`, does: 'make it when it is not there' },
  ],
  async run(context, [collection = '', filter = '', operators = ''], options) {
    const body = requestBody({
      filter: documentArgument(filter, 'filter').text,
      update: updateArgument(operators),
      arrayFilters: arrayFilters(options),
      multi: options.flag('many') ? 'true' : undefined,
      upsert: options.flag('upsert') ? 'true' : undefined,
      sort: sortOf(options),
      ifVersion: versionOf(options),
    });
    const path = `${collectionPath(collection)}/update`;
    const { text } = await context.client().send({ method: 'POST', path, body, commandId: RestClient.commandId() });
    await printResult(context, text, sentence(text));
  },
};

function sentence(answer: string): string {
  const upserted = objectSlices(answer).get('upsertedId');
  if (upserted !== undefined && upserted !== 'null') return `Nothing matched; inserted a document with _id ${upserted}.`;
  const result = parseAnswer(answer);
  return `Matched ${counted(numberIn(result, 'matched'), 'document')}, changed ${grouped(numberIn(result, 'modified'))}.`;
}

/** Operators, or the stages of a pipeline. */
function updateArgument(text: string): string {
  const argument = jsonArgument(text, 'update');
  return Array.isArray(argument.value) ? argument.text : documentArgument(text, 'update').text;
}

function arrayFilters(options: Options): string | undefined {
  const text = options.text('arrayFilters');
  if (text === undefined) return undefined;
  const { text: json, value } = jsonArgument(text, 'array-filters');
  if (Array.isArray(value)) return json;
  throw new CliError('invalid_update', 'The array-filters must be a JSON array of objects.', EXIT.usage);
}

export function sortOf(options: Options): string | undefined {
  const text = options.text('sort');
  if (text === undefined) return undefined;
  if (options.flag('many')) throw usageError('--sort says which document is the first; it does not go with --many.');
  return documentArgument(text, 'sort').text;
}

export function versionOf(options: Options): string | undefined {
  const version = options.whole('ifVersion');
  return version === undefined ? undefined : String(version);
}

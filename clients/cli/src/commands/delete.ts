import type { CommandSpec } from '../program/command-spec.ts';
import { documentArgument } from '../program/json-argument.ts';
import { numberIn, parseAnswer } from '../remote/answers.ts';
import { collectionPath } from '../remote/paths.ts';
import { requestBody } from '../remote/request-body.ts';
import { RestClient } from '../remote/rest-client.ts';
import { counted } from '../terminal/figures.ts';
import { printResult } from './print.ts';
import { COLLECTION, SORT } from './query-options.ts';
import { sortOf, versionOf } from './update.ts';

export const remove: CommandSpec = {
  name: 'delete',
  summary: 'remove the documents that a filter selects',
  description: 'Removes the first document that matches, or with --many all of them. Their history stays readable with --at.',
  arguments: [COLLECTION, { name: 'filter', description: 'which documents, as Extended JSON in single quotes', required: true }],
  options: [
    { flags: '--many', description: 'all documents that match, not only the first' },
    SORT,
    { flags: '--if-version <version>', description: 'only when the document has this version' },
  ],
  examples: [
    { command: `aerolith delete cities '{_id: 2988507}'`, does: 'one document' },
    { command: `aerolith delete cities '{population: 0}' --many`, does: 'all that match' },
  ],
  async run(context, [collection = '', filter = ''], options) {
    const body = requestBody({
      filter: documentArgument(filter, 'filter').text,
      multi: options.flag('many') ? 'true' : undefined,
      sort: sortOf(options),
      ifVersion: versionOf(options),
    });
    const path = `${collectionPath(collection)}/delete`;
    const { text } = await context.client().send({ method: 'POST', path, body, commandId: RestClient.commandId() });
    await printResult(context, text, `Removed ${counted(numberIn(parseAnswer(text), 'deleted'), 'document')}.`);
  },
};

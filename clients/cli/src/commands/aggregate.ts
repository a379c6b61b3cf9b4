import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import { jsonArgument } from '../program/json-argument.ts';
import { parseAnswer } from '../remote/answers.ts';
import { queryBody } from '../remote/find-pages.ts';
import { collectionPath } from '../remote/paths.ts';
import { documentTable } from '../terminal/document-table.ts';
import { counted } from '../terminal/figures.ts';
import { explanationFields } from './explain.ts';
import { printFields } from './print.ts';
import { AT, COLLECTION, HINT, queryOf } from './query-options.ts';

export const aggregate: CommandSpec = {
  name: 'aggregate',
  summary: 'show what an aggregation pipeline makes of a collection',
  description:
    'On a terminal the documents are shown as a table. In a pipe, or with --json, they go out one a line, as relaxed Extended JSON.',
  arguments: [
    COLLECTION,
    { name: 'pipeline', description: 'the stages, as a list: \'[{$match: {age: {$gt: 30}}}, {$count: "n"}]\'', required: true },
  ],
  options: [
    HINT,
    AT,
    { flags: '--explain', description: 'tell where each stage ran, in place of the documents' },
    { flags: '--wide', description: 'do not fit the table into the width of the terminal' },
  ],
  examples: [
    {
      command: `aerolith aggregate cities '[{$group: {_id: "$country", people: {$sum: "$population"}}}, {$sort: {people: -1}}, {$limit: 5}]'`,
      does: 'the five countries with most people in their cities',
    },
    {
      command: `aerolith aggregate cities '[{$sortByCount: "$country"}]' --json | head -3`,
      does: 'cities a country, through a pipe',
    },
  ],
  async run(context, [collection = '', pipeline = ''], options) {
    const explains = options.flag('explain');
    const body = queryBody(queryOf(undefined, options), {
      pipeline: listArgument(pipeline),
      explain: explains ? 'true' : undefined,
    });
    const { text } = await context.client().send({ method: 'POST', path: `${collectionPath(collection)}/aggregate`, body });
    const answer = objectSlices(text);
    const explanation = answer.get('explain') ?? '{}';
    if (explains) return await printFields(context, explanation, explanationFields(parseAnswer(explanation)));
    const documents = arraySlices(answer.get('documents') ?? '[]');
    const { terminal } = context;
    if (context.json) return await terminal.out(documents.map((document) => `${document}\n`).join(''));
    if (documents.length > 0) await terminal.out(documentTable(terminal, documents, options.flag('wide')));
    await terminal.out(
      `${terminal.style('dim', documents.length === 0 ? 'No document' : counted(documents.length, 'document'))}.\n`,
    );
  },
};

function listArgument(text: string): string {
  const argument = jsonArgument(text, 'pipeline');
  if (Array.isArray(argument.value)) return argument.text;
  throw usageError(`The pipeline must be a list of stages such as [{"$count": "n"}], not ${text}.`, { what: 'pipeline' });
}

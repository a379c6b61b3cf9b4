import type { CommandSpec } from '../program/command-spec.ts';
import { numberIn, parseAnswer } from '../remote/answers.ts';
import { queryBody } from '../remote/find-pages.ts';
import { collectionPath } from '../remote/paths.ts';
import { grouped } from '../terminal/figures.ts';
import { printResult } from './print.ts';
import { AT, COLLECTION, FILTER, HINT, queryOf, SKIP } from './query-options.ts';

export const count: CommandSpec = {
  name: 'count',
  summary: 'count the documents that a filter selects',
  arguments: [COLLECTION, FILTER],
  options: [{ flags: '--limit <n>', description: 'stop counting there' }, SKIP, HINT, AT],
  examples: [
    { command: 'aerolith count cities', does: 'all documents' },
    { command: `aerolith count cities '{country: "IT", population: {$gt: 100000}}'`, does: 'those that match' },
  ],
  async run(context, [collection = '', filter], options) {
    const limit = options.whole('limit');
    const body = queryBody(queryOf(filter, options), { limit: limit === undefined ? undefined : String(limit) });
    const { text } = await context.client().send({ method: 'POST', path: `${collectionPath(collection)}/count`, body });
    const number = numberIn(parseAnswer(text), 'count');
    await printResult(context, context.jsonAsked ? text : String(number), grouped(number));
  },
};

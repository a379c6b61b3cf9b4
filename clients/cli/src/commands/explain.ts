import { objectSlices } from '@aerolithdb/protocol';
import type { CommandSpec } from '../program/command-spec.ts';
import { parseAnswer } from '../remote/answers.ts';
import { queryBody } from '../remote/find-pages.ts';
import { collectionPath } from '../remote/paths.ts';
import { printFields } from './print.ts';
import { AT, COLLECTION, FILTER, HINT, PROJECTION, queryOf, SKIP, SORT } from './query-options.ts';

const LEVEL = {
  flags: '--level <level>',
  description: 'queryPlanner (nothing is run), executionStats (the default), or allPlansExecution (other plans are tried too)',
} as const;

export const explain: CommandSpec = {
  name: 'explain',
  summary: 'tell how a query is carried out',
  description:
    'Runs the query and says which access it takes (by id, an index, or a scan), the SQL behind it, the parts of the filter that are decided outside of SQL and why, why other indexes were not used, and how many rows were read.',
  arguments: [COLLECTION, FILTER],
  options: [PROJECTION, SORT, { flags: '--limit <n>', description: 'documents at most' }, SKIP, HINT, AT, LEVEL],
  examples: [
    { command: `aerolith explain cities '{country: "IS", name: "Reykjavík"}'`, does: 'whether an index is used' },
    { command: `aerolith explain cities '{country: "IS"}' --hint '$natural' --json`, does: 'the same without an index, as JSON' },
  ],
  async run(context, [collection = '', filter], options) {
    const limit = options.whole('limit');
    const more = {
      explain: JSON.stringify(options.text('level') ?? 'executionStats'),
      limit: limit === undefined ? undefined : String(limit),
    };
    const body = queryBody(queryOf(filter, options), more);
    const { text } = await context.client().send({ method: 'POST', path: `${collectionPath(collection)}/find`, body });
    const explanation = objectSlices(text).get('explain') ?? '{}';
    await printFields(context, explanation, explanationFields(parseAnswer(explanation)));
  },
};

const NAMES: Readonly<Record<string, string>> = {
  access: 'access',
  index: 'index',
  sql: 'SQL',
  residual: 'outside SQL',
  sortedByIndex: 'sorted by index',
  rejected: 'indexes not used',
  rowsRead: 'rows read',
  rowsReturned: 'rows returned',
  fingerprint: 'fingerprint',
  estimated: 'estimated',
  actual: 'actual',
  qError: 'error of the estimate',
  considered: 'plans weighed',
  stages: 'stages',
  vectorSearch: 'vector search',
};

/** Names and values of an explanation as a person reads them. */
export function explanationFields(explanation: object): (readonly [name: string, value: string])[] {
  return Object.entries(explanation).map(([name, value]) => [NAMES[name] ?? name, plain(value)]);
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join('; ');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('part' in value && 'why' in value) return `${String(value.part)} (${String(value.why)})`;
  if ('stage' in value && 'ran' in value) return `${String(value.stage)} (${String(value.ran)})`;
  if ('plan' in value) {
    const { plan, ...figures } = value;
    return `${String(plan)} (${plain(figures)})`;
  }
  const members = Object.entries(value).map(
    ([name, inner]) => `${name} ${typeof inner === 'object' ? `(${plain(inner)})` : plain(inner)}`,
  );
  return members.join(', ');
}

import { storedToRelaxed } from '@aerolithdb/protocol';
import { explanationFields } from '../../commands/explain.ts';
import { usageError } from '../../program/cli-error.ts';
import { grouped } from '../../terminal/figures.ts';
import { fieldList } from '../../terminal/table.ts';
import { isCursor } from '../output/kinds.ts';
import type { Session } from '../session.ts';
import { isExplainable, type LastQuery } from '../shell-transport.ts';
import type { DotCommand } from './dot-command.ts';

type Fields = (readonly [name: string, value: string])[];

export const explain: DotCommand = {
  name: 'explain',
  usage: '<query>',
  takes: ['code'],
  does: 'how a query is carried out: which index, the SQL, rows read',
  example: ".explain db.cities.find({country: 'IS'}).sort({population: -1})",
  async run(session, rest, signal) {
    if (rest.trim() === '') throw usageError(`Write it as: .explain ${explain.usage}, such as: ${explain.example}`);
    const before = session.transport.last;
    const value = await session.evaluate(rest, signal);
    if (isCursor(value)) return shown(session, await value.explain());
    const { last } = session.transport;
    if (last === undefined || last === before || !isExplainable(last.request))
      throw usageError('There is no query to explain in this; find, findOne, count and aggregate have a plan.');
    return shown(session, await plan(session, last, signal));
  },
};

export const profile: DotCommand = {
  name: 'profile',
  usage: '',
  does: 'time, rows read and plan of the last query; it is run once more for its plan',
  async run(session, _rest, signal) {
    const { last } = session.transport;
    if (last === undefined) return 'No query was made yet.';
    const { request, ms } = last;
    const fields: Fields = [
      ['query', queryText(request)],
      ['time', `${ms.toFixed(ms < 10 ? 2 : 0)} ms, with the way there and back`],
    ];
    const size = last.answer.text === undefined ? [] : ([['answer', `${grouped(last.answer.text.length)} characters`]] as Fields);
    const planned = isExplainable(request) ? await planFields(session, last, signal) : [];
    return fieldList(session.context.terminal, [...fields, ...size, ...planned]).trimEnd();
  },
};

/** The plan, with the rows that were read as far as they can be known. */
async function planFields(session: Session, last: LastQuery, signal: AbortSignal): Promise<Fields> {
  const explanation = await plan(session, last, signal);
  const fields = explanationFields(explanation);
  if ('rowsRead' in explanation || !('access' in explanation)) return fields;
  const { request } = last;
  if (explanation.access !== 'scan' || !('collection' in request)) return fields;
  const { documents } = await session.transport.inner.collection(request.collection, { signal });
  const all = `${grouped(documents)}, the whole collection`;
  const endsEarly = 'limit' in request && !('sort' in request);
  return [...fields, ['rows read', endsEarly ? `${all} at most; the limit may end it early` : all]];
}

async function plan(session: Session, { request }: LastQuery, signal: AbortSignal): Promise<object> {
  if (!isExplainable(request)) return {};
  const { explain: explanation } = await session.transport.inner.read({ ...request, explain: true }, { signal });
  return explanation ?? {};
}

function shown(session: Session, explanation: object): string {
  return fieldList(session.context.terminal, explanationFields(explanation)).trimEnd();
}

/** `find cities {"country":"IS"} sort {…} limit 5`. */
function queryText(request: LastQuery['request']): string {
  const { kind, ...rest } = request;
  const parts = Object.entries(rest).filter(([name]) => name !== 'collection' && name !== 'cursor');
  const texts = parts.map(([name, value]) => `${name} ${typeof value === 'string' ? storedText(value) : JSON.stringify(value)}`);
  return [kind, 'collection' in request ? request.collection : '', ...texts].join(' ').trim();
}

function storedText(text: string): string {
  return text.startsWith('{') ? storedToRelaxed(text) : text;
}

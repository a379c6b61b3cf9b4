import type { Database, Session } from '@aerolithdb/database';
import { AerolithError, type ChangesRequest, type ReadAnswer } from '@aerolithdb/protocol';
import { type Answer, jsonText, objectText, TAKEN } from '../answer.ts';
import { endpoint, type Outgoing, type Wire } from '../endpoint.ts';
import { sendEvents } from '../event-stream.ts';
import { arrayOf, INTEGER, objectOf, schemaRef } from '../json-schemas.ts';
import type { RestLimits } from '../limits.ts';
import { withoutAbsent } from '../without-absent.ts';
import { COLLECTION } from './shared-parameters.ts';

const PAGE_ENTRIES = 100;

const PARAMETERS = {
  since: {
    in: 'query',
    kind: 'integer',
    summary: 'Changes after this position. Absent: a page starts at the beginning, a stream at now.',
    example: 114_688,
  },
  limit: { in: 'query', kind: 'integer', min: 1, max: 1000, summary: `Changes of a page at most; ${PAGE_ENTRIES} when absent.` },
  wait: {
    in: 'query',
    kind: 'integer',
    min: 0,
    max: 60,
    summary: 'Seconds that a page waits for a first change; 0 when absent.',
  },
  'last-event-id': {
    in: 'header',
    kind: 'string',
    summary: 'For streams: the position to resume after. It goes before `since`.',
  },
} as const;

const DESCRIPTION =
  'With `Accept: text/event-stream` the answer is a stream of Server-Sent Events: `id` is the position, `data` the change, `event` is `change` (or `error`, with a problem, as the last one). Otherwise it is a page; go on with `since` set to its `position`.';

const ANSWERS = [
  {
    status: 200,
    summary: 'A page of changes, or the stream.',
    schema: objectOf({ changes: arrayOf(schemaRef('Change')), position: INTEGER, height: INTEGER }),
  },
];

const SHARED = { method: 'GET', tag: 'Changes', description: DESCRIPTION, role: 'reader', body: {}, answers: ANSWERS } as const;

const allChanges = endpoint({
  ...SHARED,
  id: 'changes',
  path: '/v1/changes',
  summary: 'The changes of all collections, in order, without gap or repeat.',
  parameters: PARAMETERS,
  errors: ['invalid_position', 'overloaded'],
  handle: ({ database, session, parameters, exchange, site }) =>
    answerChanges({ database, session, parameters, exchange, limits: site.limits }),
});

const collectionChanges = endpoint({
  ...SHARED,
  id: 'collectionChanges',
  path: '/v1/collections/{collection}/changes',
  summary: 'The changes of one collection, in order, without gap or repeat.',
  parameters: { collection: COLLECTION, ...PARAMETERS },
  errors: ['unknown_collection', 'invalid_position', 'overloaded'],
  handle: ({ database, session, parameters, exchange, site }) =>
    answerChanges({ database, session, parameters, exchange, limits: site.limits }),
});

type Source = { readonly database: Database; readonly session: Session; readonly exchange: Wire; readonly limits: RestLimits };

type Asked = {
  readonly collection?: string;
  readonly since?: number;
  readonly limit?: number;
  readonly wait?: number;
  readonly 'last-event-id'?: string;
};

function answerChanges(call: Source & { readonly parameters: Asked }): Promise<Outgoing> {
  const { request } = call.exchange;
  const wantsStream = request.method === 'GET' && request.headers.accept?.includes('text/event-stream') === true;
  return wantsStream ? streamChanges(call, call.parameters) : pageOfChanges(call, call.parameters);
}

async function streamChanges({ database, session, exchange, limits }: Source, asked: Asked): Promise<Outgoing> {
  const since = resumedPosition(asked['last-event-id']) ?? asked.since;
  const options = withoutAbsent({ collection: asked.collection, since });
  await sendEvents(exchange, (signal) => database.watch(session, { ...options, signal }), limits);
  return TAKEN;
}

async function pageOfChanges({ database, session, exchange }: Source, asked: Asked): Promise<Answer> {
  const { since = 0, limit = PAGE_ENTRIES, wait = 0 } = asked;
  const request = changesRequest(asked, since, limit);
  const page = await database.read(session, request);
  if (wait === 0 || !isEmpty(page)) return pageAnswer(page, since);
  const stream = exchange.openStream();
  try {
    await firstChange(database, session, request, AbortSignal.any([stream.signal, AbortSignal.timeout(wait * 1000)]));
    return pageAnswer(await database.read(session, request), since);
  } finally {
    stream.end();
  }
}

async function firstChange(database: Database, session: Session, request: ChangesRequest, signal: AbortSignal): Promise<void> {
  const named = request.collection === undefined ? {} : { collection: request.collection };
  for await (const _change of database.watch(session, { ...named, since: request.since, signal })) return;
}

function changesRequest({ collection }: Asked, since: number, limit: number): ChangesRequest {
  return { kind: 'changes', ...(collection === undefined ? {} : { collection }), since, limit };
}

function isEmpty({ text }: ReadAnswer): boolean {
  return text === undefined || text === '[]';
}

function pageAnswer({ text, position, height }: ReadAnswer, since: number): Answer {
  return jsonText(objectText({ changes: text ?? '[]', position: String(position ?? since), height: String(height) }));
}

function resumedPosition(header: string | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  const position = /^[0-9]{1,16}$/.test(header) ? Number(header) : Number.NaN;
  if (Number.isSafeInteger(position)) return position;
  throw new AerolithError('invalid_position', 'Last-Event-ID must be the id of an event of this stream.', {
    header: 'Last-Event-ID',
  });
}

export const CHANGE_ENDPOINTS = [allChanges, collectionChanges];

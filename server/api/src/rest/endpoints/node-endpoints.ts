import { json } from '../answer.ts';
import { endpoint, openEndpoint } from '../endpoint.ts';
import { arrayOf, INTEGER, objectOf, STRING } from '../json-schemas.ts';

const SLOW_READ = {
  type: 'object',
  required: ['kind', 'times', 'timeouts', 'longestMs', 'lastAt'],
  properties: {
    kind: STRING,
    collection: STRING,
    filter: STRING,
    sort: STRING,
    pipeline: STRING,
    times: INTEGER,
    timeouts: INTEGER,
    longestMs: INTEGER,
    lastAt: INTEGER,
  },
} as const;

const health = openEndpoint({
  id: 'health',
  method: 'GET',
  path: '/health',
  tag: 'Node',
  summary: 'Whether the process answers.',
  parameters: {},
  body: {},
  answers: [{ status: 200, summary: 'It does.', schema: objectOf({ status: STRING }), example: { status: 'ok' } }],
  errors: [],
  handle: () => json({ status: 'ok' }),
});

const ready = openEndpoint({
  id: 'ready',
  method: 'GET',
  path: '/ready',
  tag: 'Node',
  summary: 'Whether the node takes reads and writes.',
  parameters: {},
  body: {},
  answers: [
    {
      status: 200,
      summary: 'It does.',
      schema: objectOf({ status: STRING, height: INTEGER }),
      example: { status: 'ready', height: 7 },
    },
  ],
  errors: ['log_closed'],
  handle: ({ database }) => json({ status: 'ready', height: database.status().height }),
});

const metrics = endpoint({
  id: 'metrics',
  method: 'GET',
  path: '/metrics',
  tag: 'Node',
  summary: 'Figures of the node, for Prometheus.',
  role: 'any',
  parameters: {},
  body: {},
  answers: [{ status: 200, summary: 'Exposition format 0.0.4.', mediaType: 'text/plain', schema: STRING }],
  errors: [],
  handle: ({ site }) => ({ status: 200, body: site.metricsText(), type: 'text/plain; version=0.0.4; charset=utf-8' }),
});

const status = endpoint({
  id: 'status',
  method: 'GET',
  path: '/v1/status',
  tag: 'Node',
  summary: 'Mode, height, hash of the last block, version, peers and storage figures.',
  role: 'any',
  parameters: {},
  body: {},
  answers: [
    {
      status: 200,
      summary: 'The state of the node.',
      schema: objectOf({
        mode: STRING,
        height: INTEGER,
        hash: STRING,
        time: INTEGER,
        version: STRING,
        uptimeMs: INTEGER,
        durability: STRING,
        storage: objectOf({ fileBytes: INTEGER, walBytes: INTEGER, collections: INTEGER, documents: INTEGER }),
        peers: { type: 'array', items: {} },
      }),
    },
  ],
  errors: [],
  handle: ({ database }) => json({ ...database.status(), peers: [] }),
});

const slowReads = endpoint({
  id: 'slowReads',
  method: 'GET',
  path: '/v1/slow-reads',
  tag: 'Node',
  summary: 'Reads that took long since the node was started, by their shape, the longest first. Values are left out.',
  role: 'admin',
  parameters: {},
  body: {},
  answers: [
    {
      status: 200,
      summary: 'What is remembered of them.',
      schema: objectOf({ slowReads: arrayOf(SLOW_READ) }),
      example: {
        slowReads: [
          {
            kind: 'find',
            collection: 'cities',
            filter: '{"population":{"$gt":"?"}}',
            times: 3,
            timeouts: 0,
            longestMs: 412,
            lastAt: 1_767_225_600_000,
          },
        ],
      },
    },
  ],
  errors: [],
  handle: async ({ database, session }) => json({ slowReads: await database.slowReads(session) }),
});

const profile = endpoint({
  id: 'profile',
  method: 'GET',
  path: '/v1/profile',
  tag: 'Node',
  summary: 'Where the time of reads goes, by their shapes, and the last slow reads. Values are left out.',
  description:
    'Reads on the threads for queries are looked at: every slow one, and of the others at most 25 a second and thread, each of which stands for those since the one before. Short finds that are answered without such a thread are not in it.',
  role: 'admin',
  parameters: {},
  body: {},
  answers: [
    {
      status: 200,
      summary: 'Shapes, the one that took most time first; slow reads, the last one first.',
      schema: objectOf({
        since: INTEGER,
        now: INTEGER,
        shapes: arrayOf({ type: 'object' }),
        recent: arrayOf({ type: 'object' }),
      }),
      example: {
        since: 1_767_225_500_000,
        now: 1_767_225_600_000,
        shapes: [
          {
            kind: 'find',
            collection: 'cities',
            filter: '{"country":"?"}',
            fingerprint: '5f2a90c1d3e4',
            reads: 1200,
            sampled: 60,
            totalMs: 2400,
            longestMs: 31.5,
            last: { plan: 'country_1', rowsRead: 12, rowsReturned: 12, waitMs: 0.1, planMs: 0.2, runMs: 1.6 },
            lastAt: 1_767_225_599_000,
          },
        ],
        recent: [],
      },
    },
  ],
  errors: [],
  handle: async ({ database, session }) => json(await database.profile(session)),
});

export const NODE_ENDPOINTS = [health, ready, metrics, status, slowReads, profile];

import { json } from '../answer.ts';
import { endpoint, openEndpoint } from '../endpoint.ts';
import { INTEGER, objectOf, STRING } from '../json-schemas.ts';

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

export const NODE_ENDPOINTS = [health, ready, metrics, status];

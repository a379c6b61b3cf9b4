import type { Command } from '@aerolithdb/protocol';

export const COMMANDS: readonly (readonly [name: string, operation: Command['operation']])[] = [
  ['createCollection', { type: 'createCollection', collection: 'cities', options: {} }],
  ['createCollection with schema', { type: 'createCollection', collection: 'cities', options: { schema: '{"type":"object"}' } }],
  ['alterCollection', { type: 'alterCollection', collection: 'cities', options: { schema: null } }],
  ['dropCollection', { type: 'dropCollection', collection: 'cities' }],
  [
    'createIndex',
    {
      type: 'createIndex',
      collection: 'cities',
      index: {
        name: 'by é',
        keys: [
          ['name', 1],
          ['a.b', -1],
        ],
        unique: true,
      },
    },
  ],
  [
    'createIndex with options',
    {
      type: 'createIndex',
      collection: 'cities',
      index: {
        name: 'words',
        keys: [
          ['name', 'text'],
          ['location', '2dsphere'],
          ['a.$**', 1],
        ],
        unique: false,
        sparse: true,
        partialFilterExpression: '{"population":{"$gt":1000}}',
        expireAfterSeconds: 3600,
        hidden: true,
        wildcardProjection: '{"a":1}',
        weights: { name: 10, '2': 1, 'a.b': 3 },
        defaultLanguage: 'german',
        languageOverride: 'idioma',
        dimensions: 384,
        similarity: 'cosine',
      },
    },
  ],
  ['dropIndex', { type: 'dropIndex', collection: 'cities', index: 'by é' }],
  [
    'setPrincipal',
    {
      type: 'setPrincipal',
      principal: { name: 'ann', kind: 'user', secret: '$argon2id$x', grants: { b: 'reader', '*': 'writer' }, expiresAt: 1 },
    },
  ],
  ['removePrincipal', { type: 'removePrincipal', principal: 'ann' }],
  [
    'insert',
    {
      type: 'insert',
      collection: 'cities',
      documents: ['{"_id":1,"name":"Wien \\"}"}', '{"_id":{"$oid":"56e1fc72e0c917e9c4714161"}}'],
    },
  ],
  ['replace', { type: 'replace', collection: 'cities', id: '1', document: '{"_id":1}', upsert: true, ifVersion: 16384 }],
  ['update', { type: 'update', collection: 'cities', filter: '{"a":{"$gt":1}}', update: '{"$set":{"b":2}}', multi: true }],
  [
    'update with everything',
    {
      type: 'update',
      collection: 'cities',
      filter: '{}',
      update: '{"$set":{"a.$[x]":1.0}}',
      arrayFilters: '[{"x":1}]',
      multi: false,
      upsert: true,
      upsertId: '{"$oid":"56e1fc72e0c917e9c4714161"}',
      ifVersion: 0,
      sort: '{"a":-1}',
      returning: 'after',
      afterRow: 7,
    },
  ],
  ['delete', { type: 'delete', collection: 'cities', filter: '{"_id":1}', returning: 'before' }],
  [
    'transaction',
    {
      type: 'transaction',
      operations: [
        { type: 'insert', collection: 'a', documents: ['{"_id":"x"}'] },
        { type: 'delete', collection: 'b', filter: '{}' },
      ],
      reads: [{ collection: 'a', id: '"x"', version: 0 }],
    },
  ],
  ['bulk', { type: 'bulk', operations: [{ type: 'delete', collection: 'a', filter: '{"_id":1}' }], ordered: false }],
];

export const INVALID_OPERATIONS: readonly object[] = [
  {},
  { type: 'upsert', collection: 'c' },
  { type: 'insert', collection: 'c' },
  { type: 'insert', collection: 'c', documents: [] },
  { type: 'insert', collection: 'c', document: ['{}'] },
  { type: 'insert', collection: 'c', documents: [{}] },
  { type: 'insert', collection: 'c', documents: ['{"a": 1}'] },
  { type: 'insert', collection: 'c', documents: ['{"a":1,"a":2}'] },
  { type: 'insert', collection: '', documents: ['{}'] },
  { type: 'insert', collection: '$c', documents: ['{}'] },
  { type: 'replace', collection: 'c', id: '1', document: '{}', ifVersion: -1 },
  { type: 'update', collection: 'c', filter: '{}', update: '{}', multi: 1 },
  { type: 'delete', collection: 'c', filter: '{}', returning: 'after' },
  { type: 'createIndex', collection: 'c', index: { name: 'x', keys: [['a', 2]] } },
  { type: 'createIndex', collection: 'c', index: { name: 'x', keys: [['a', 'txt']] } },
  { type: 'createIndex', collection: 'c', index: { name: 'x', keys: [['a', 1]], spars: true } },
  { type: 'createIndex', collection: 'c', index: { name: 'x', keys: [['a', 1]], partialFilterExpression: { a: 1 } } },
  { type: 'createIndex', collection: 'c', index: { name: 'x', keys: [['a', 1]], expireAfterSeconds: -1 } },
  { type: 'createIndex', collection: 'c', index: { name: 'x', keys: [['a', 'text']], weights: { a: 0 } } },
  { type: 'transaction', operations: [{ type: 'dropCollection', collection: 'c' }] },
  { type: 'bulk', operations: [{ type: 'bulk', operations: [{ type: 'delete', collection: 'c', filter: '{}' }] }] },
  { type: 'bulk', operations: [] },
  { type: 'setPrincipal', principal: { name: 'a', kind: 'user', secret: 's', grants: { c: 'root' } } },
];

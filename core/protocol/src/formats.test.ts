import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { CHANGE_FORMAT, encodeChange, encodeHeader, HEADER_FORMAT, ZERO_HASH } from './block-hash.ts';
import { CANONICAL_FORMAT, canonicalForm } from './canonical-form.ts';
import type { Operation } from './command.ts';
import { OPERATION_TYPES } from './command-fields.ts';
import { COMMAND_FORMAT, encodeCommand } from './encode-command.ts';
import { encodeKey, KEY_FORMAT } from './encode-key.ts';
import { toHex } from './hex.ts';
import { parseValue } from './parse-json.ts';
import { STORED_FORMAT, toStored } from './stored-form.ts';
import { validateCommand } from './validate-command.ts';

/**
 * The bytes of every format by its version. When a test here fails, bytes that others have stored or hashed would read
 * differently: raise the constant of the format, add its new hash below, keep the old line, and say how old data is read.
 */
const RECORDED = {
  header: { 1: '2966d9074640fc8bc2b2330b911171ebe1f3327e00fdbdbd477937507fab4fb1' },
  change: { 1: '0f7c627ed8664775708ea5ed3c8ad67be7214ba1bd4a7f375171d88bee159911' },
  command: { 1: 'bca386bbfdcb5bc894ac1c15fa0fe5ea4b11c0f8f6b1653b7fbc18524d4eab8e' },
  bulkCommand: { 1: '333aacaa865759ebf9546ffb10090c635149b9c905088829c4a98f6d616a915f' },
  indexCommand: { 1: '8020acdc7fa25a273ddf6d5a0f942e4c4fc70c8f8cc9f938a3a84d67a4c29f58' },
  key: { 1: '3ce1e6299cefbfa78454efad30213eecdb5dabf074e97b15134d98d6956dc9d7' },
  stored: { 1: '2b5ff5b47f24ad631c5f2ef60311f2de455529bf896c0bd3c39d2535a45c92ad' },
  canonical: { 1: 'd3d061eaf25d7364728aa162ac171a709801037324567d21e9c4077d42fbdec1' },
} as const satisfies Record<string, Readonly<Record<number, string>>>;

function check(format: keyof typeof RECORDED, version: number, samples: readonly string[]): void {
  assert.ok(samples.length >= 2, 'a format needs samples');
  const hash = createHash('sha256').update(samples.join('\n')).digest('hex');
  const recorded: Readonly<Record<number, string>> = RECORDED[format];
  assert.equal(hash, recorded[version], `the bytes of ${format} changed: raise its version and record the hash`);
}

/** One value of every type. Fixed: a further sample would change the hashes without a change of format. */
const VALUES = [
  ...['null', 'true', 'false', '0', '-5', '2147483648', '{"$numberLong":"5"}', '9223372036854775807', '-9007199254740993'],
  ...['1.0', '-0.1', '1e21', '5e-324', '{"$numberDouble":"-0"}', '{"$numberDouble":"NaN"}', '{"$numberDouble":"-Infinity"}'],
  ...['{"$numberDecimal":"1.50"}', '{"$numberDecimal":"-1E-6176"}', '{"$numberDecimal":"1E+6144"}', '{"$numberDecimal":"0.1"}'],
  ...['""', String.raw`"a\u0000\u0001\"\\\n\u007f\u2028é€😀"`, '{"$date":0}', '{"$date":-1}', '{"$date":253402300800000}'],
  ...[
    '{"$oid":"0123456789abcdef01234567"}',
    '{"$binary":{"base64":"AQID","subType":"04"}}',
    '{"$timestamp":{"t":4294967295,"i":1}}',
  ],
  ...['{"$regularExpression":{"pattern":"^a","options":"im"}}', '{"$minKey":1}', '{"$maxKey":1}'],
  ...['[]', '[1,[2.0,"x"]]', '{}', '{"b":1,"a":{"10":null,"9":[{}]},"":true}'],
];

const OPERATIONS: readonly Operation[] = [
  { type: 'createCollection', collection: 'c', options: { schema: '{}' } },
  { type: 'alterCollection', collection: 'c', options: { schema: null } },
  { type: 'dropCollection', collection: 'c' },
  { type: 'createIndex', collection: 'c', index: { unique: false, keys: [['a', 1]], name: 'n' } },
  { type: 'dropIndex', collection: 'c', index: 'n' },
  {
    type: 'setPrincipal',
    principal: { name: 'p', kind: 'token', secret: 's', grants: { c: 'owner', '*': 'reader' }, expiresAt: 5 },
  },
  { type: 'removePrincipal', principal: 'p' },
  { type: 'insert', collection: 'c', documents: ['{"_id":1}', '{"_id":"ä"}'] },
  { type: 'replace', collection: 'c', id: '1', document: '{"_id":1}', upsert: true, ifVersion: 2 },
  {
    type: 'update',
    collection: 'c',
    filter: '{}',
    update: '{"$set":{"a":1}}',
    arrayFilters: '[{"x":1}]',
    multi: true,
    upsert: true,
    upsertId: '5',
    ifVersion: 3,
    sort: '{"a":1}',
    returning: 'after',
    afterRow: 7,
  },
  { type: 'delete', collection: 'c', filter: '{}', multi: true, ifVersion: 1, sort: '{"a":1}', returning: 'before', afterRow: 2 },
  {
    type: 'transaction',
    operations: [{ type: 'delete', collection: 'c', filter: '{}' }],
    reads: [{ collection: 'c', id: '1', version: 0 }],
  },
];

/** Operations that came after the format was recorded; what was encoded before them has the same bytes as ever. */
const LATER_OPERATIONS: readonly Operation[] = [
  { type: 'bulk', operations: [{ type: 'delete', collection: 'c', filter: '{}' }] },
  { type: 'bulk', operations: [{ type: 'insert', collection: 'c', documents: ['{"_id":1}'] }], ordered: false },
];

const INDEX_OPERATIONS: readonly Operation[] = [
  {
    type: 'createIndex',
    collection: 'c',
    index: {
      name: 'n',
      keys: [
        ['a', 'text'],
        ['b', '2dsphere'],
        ['c.$**', -1],
      ],
      sparse: true,
      partialFilterExpression: '{"a":{"$gt":1}}',
      expireAfterSeconds: 1,
      hidden: true,
      wildcardProjection: '{"a":0}',
      weights: { b: 2, a: 1 },
      defaultLanguage: 'english',
      languageOverride: 'l',
      dimensions: 3,
      similarity: 'dot',
    },
  },
  { type: 'alterIndex', collection: 'c', index: 'n', hidden: false, expireAfterSeconds: 5 },
  { type: 'buildIndex', collection: 'c', index: 'n', rows: 2000 },
  { type: 'expire', collection: 'c', index: 'n', limit: 1000 },
];

test('header', () => {
  const header = { height: 1, time: 2, previousHash: ZERO_HASH, commandsRoot: '1'.repeat(64), changesHash: 'f'.repeat(64) };
  assert.equal(encodeHeader(header).length, 116);
  const later = { ...header, height: 2 ** 38, time: 2 ** 52 };
  check('header', HEADER_FORMAT, [toHex(encodeHeader(header)), toHex(encodeHeader(later))]);
});

test('change', () => {
  const change = { position: 16385, time: 3, collection: 'c', previousHash: ZERO_HASH, id: '1', document: '{"_id":1,"ä":"€"}' };
  const kinds = ['insert', 'replace', 'update', 'delete', 'createCollection', 'dropCollection'] as const;
  const bare = { position: 1, time: 0, collection: 'c', previousHash: ZERO_HASH };
  const samples = kinds.flatMap((kind) => [encodeChange({ ...change, kind }), encodeChange({ ...bare, kind })]);
  check('change', CHANGE_FORMAT, samples.map(toHex));
});

test('command', () => {
  const encode = (operation: Operation) => encodeCommand(validateCommand({ id: 'i', actor: 'a', operation }));
  const types = new Set([...OPERATIONS, ...LATER_OPERATIONS, ...INDEX_OPERATIONS].map(({ type }) => type));
  assert.deepEqual([...types].sort(), [...OPERATION_TYPES].sort(), 'a sample of every operation');
  check('command', COMMAND_FORMAT, OPERATIONS.map(encode));
  check('bulkCommand', COMMAND_FORMAT, LATER_OPERATIONS.map(encode));
  check('indexCommand', COMMAND_FORMAT, INDEX_OPERATIONS.map(encode));
});

test('key', () => {
  const keys = VALUES.map((text) => toHex(encodeKey(parseValue(text))));
  check('key', KEY_FORMAT, [...keys, ...VALUES.map((text) => toHex(encodeKey(parseValue(text), -1)))]);
});

test('stored form', () => {
  check(
    'stored',
    STORED_FORMAT,
    VALUES.map((text) => toStored(parseValue(text))),
  );
});

test('canonical form', () => {
  check(
    'canonical',
    CANONICAL_FORMAT,
    VALUES.map((text) => canonicalForm(parseValue(text))),
  );
});

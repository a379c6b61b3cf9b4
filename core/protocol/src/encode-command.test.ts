import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Command, DocumentOperation, Operation } from './command.ts';
import { decodeCommand } from './decode-command.ts';
import { encodeCommand } from './encode-command.ts';
import { toStored } from './stored-form.ts';
import { arbitraryDocument, arbitraryStorable, arbitraryText } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { hasCode } from './testing/has-code.ts';
import { validateCommand } from './validate-command.ts';

const FILE = 'core/protocol/src/encode-command.test.ts';

const stored = arbitraryStorable.map(toStored);
const document = arbitraryDocument.map(toStored);
const collection = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,20}$/);
const count = fc.maxSafeNat();
const flag = fc.boolean();
const kind = <T extends string>(type: T): fc.Arbitrary<T> => fc.constant(type);

const arbitraryDocumentOperation: fc.Arbitrary<DocumentOperation> = fc.oneof(
  fc.record({ type: kind('insert'), collection, documents: fc.array(document, { minLength: 1, maxLength: 4 }) }),
  fc.record(
    { type: kind('replace'), collection, id: stored, document, upsert: flag, ifVersion: count },
    { requiredKeys: ['type', 'collection', 'id', 'document'] },
  ),
  fc.record(
    {
      type: kind('update'),
      collection,
      filter: document,
      update: document,
      arrayFilters: stored,
      multi: flag,
      upsert: flag,
      upsertId: stored,
      ifVersion: count,
      sort: document,
      returning: fc.constantFrom('before' as const, 'after' as const),
      afterRow: count,
    },
    { requiredKeys: ['type', 'collection', 'filter', 'update'] },
  ),
  fc.record(
    {
      type: kind('delete'),
      collection,
      filter: document,
      multi: flag,
      ifVersion: count,
      sort: document,
      returning: kind('before'),
      afterRow: count,
    },
    { requiredKeys: ['type', 'collection', 'filter'] },
  ),
);

const path = arbitraryText;
const direction = fc.constantFrom<1 | -1>(1, -1);
const role = fc.constantFrom('reader' as const, 'writer' as const, 'owner' as const, 'admin' as const);

const arbitraryOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: arbitraryDocumentOperation },
  {
    weight: 1,
    arbitrary: fc.record({
      type: kind('createCollection'),
      collection,
      options: fc.record({ schema: arbitraryText }, { requiredKeys: [] }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: kind('createIndex'),
      collection,
      index: fc.record(
        { name: collection, keys: fc.array(fc.tuple(path, direction), { minLength: 1, maxLength: 3 }), unique: flag },
        { requiredKeys: ['name', 'keys'] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: kind('setPrincipal'),
      principal: fc.record(
        {
          name: collection,
          kind: fc.constantFrom('user' as const, 'token' as const),
          secret: arbitraryText,
          grants: fc.dictionary(fc.oneof(collection, fc.constant('*')), role, { noNullPrototype: true }),
          expiresAt: count,
        },
        { requiredKeys: ['name', 'kind', 'secret', 'grants'] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        type: kind('transaction'),
        operations: fc.array(arbitraryDocumentOperation, { minLength: 1, maxLength: 3 }),
        reads: fc.array(fc.record({ collection, id: stored, version: count }), { maxLength: 2 }),
      },
      { requiredKeys: ['type', 'operations'] },
    ),
  },
);

const arbitraryCommand: fc.Arbitrary<Command> = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/),
  actor: collection,
  operation: arbitraryOperation,
});

/** Without the prototypes that fast-check chooses, so that only fields are compared. */
const plain = (value: unknown): unknown => structuredClone(value);

test('every valid command comes back whole out of its encoding', (t) => {
  const property = fc.property(arbitraryCommand, (command) => {
    const text = encodeCommand(validateCommand(command));
    const decoded = decodeCommand(text);
    assert.deepStrictEqual(plain(decoded), plain(command));
    assert.equal(encodeCommand(decoded), text);
    JSON.parse(text);
  });
  checkProperty(t, FILE, property, 2_000);
});

test('the order in which fields were set does not matter', () => {
  const operation = { type: 'replace', collection: 'c', id: '1', document: '{"_id":1}', ifVersion: 2, upsert: true } as const;
  const reversed = Object.fromEntries(Object.entries(operation).reverse()) as typeof operation;
  assert.equal(encodeCommand({ operation: reversed, actor: 'a', id: 'x' }), encodeCommand({ id: 'x', actor: 'a', operation }));
});

test('a changed encoding is refused or is another command, and never breaks the decoder', (t) => {
  const characters = fc.constantFrom(...'{}[]",: \\0a', '');
  const property = fc.property(arbitraryCommand, fc.nat(), characters, fc.nat({ max: 1 }), (command, at, character, removed) => {
    const text = encodeCommand(command);
    const place = at % text.length;
    const changed = text.slice(0, place) + character + text.slice(place + removed);
    try {
      assert.equal(encodeCommand(decodeCommand(changed)), changed);
    } catch (error) {
      assert.ok(
        hasCode('invalid_command')(error) || hasCode('invalid_name')(error) || hasCode('batch_too_large')(error),
        String(error),
      );
    }
  });
  checkProperty(t, FILE, property, 3_000);
});

test('only the one encoding of a command decodes', () => {
  const text =
    '{"format":1,"id":"x","actor":"a","operation":{"type":"insert","collection":"c","documents":[{"_id":1},{"_id":"]}"}]}}';
  const { operation } = decodeCommand(text);
  assert.deepEqual(operation, { type: 'insert', collection: 'c', documents: ['{"_id":1}', '{"_id":"]}"}'] });
  for (const changed of [
    '',
    '{}',
    `${text} `,
    ` ${text}`,
    text.replace('"format":1', '"format":2'),
    text.replace('"format":1,', ''),
    text.replace('"x"', ' "x"'),
    text.replace('"id":"x","actor":"a"', '"actor":"a","id":"x"'),
    text.replace('"x"', '"\\u0078"'),
    text.replace('"x"', '5'),
    text.replace('"a"', '"a'),
    text.replace('insert', 'upsert'),
    text.replace('"collection":"c",', ''),
    text.replace('"c"', '"c","further":1'),
    text.replace('[{"_id":1},', '[,'),
    text.slice(0, -1),
    text.slice(0, -4),
  ]) {
    assert.throws(() => decodeCommand(changed), hasCode('invalid_command'), changed);
  }
});

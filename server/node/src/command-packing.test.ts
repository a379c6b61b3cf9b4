import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '@aerolithdb/engine/derive';
import type { Command } from '@aerolithdb/protocol';
import { packCommands, unpackCommands } from './command-packing.ts';

const COMMANDS: readonly Command[] = [
  { id: 'a', actor: 'ann', operation: { type: 'insert', collection: 'c', documents: ['{"_id":1}', '{"_id":2}'] } },
  { id: 'b', actor: 'ann', operation: { type: 'delete', collection: 'c', filter: '{}', multi: true } },
  { id: 'c', actor: 'bob', operation: { type: 'createCollection', collection: 'd', options: { schema: null } } },
  { id: 'd', actor: '-', operation: { type: 'insert', collection: '-', documents: ['-'] } },
  { id: 'e', actor: 'ann', operation: { type: 'insert', collection: 'c', documents: [] } },
  { id: 'f', actor: 'ann', operation: { type: 'dropCollection', collection: 'd' } },
];

test('commands cross as they are, with what is derived of them', () => {
  const crossed = COMMANDS.map((command) => ({ ...command, derived: derive(command) }));
  const plain = (commands: readonly Command[]) =>
    commands.map(({ derived, ...command }) => ({
      ...command,
      leaf: derived?.leaf,
      documents: derived?.documents?.map(({ id, idKey }) => [id, Buffer.from(idKey).toString('hex')]),
    }));
  assert.deepEqual(plain(unpackCommands(structuredClone(packCommands(COMMANDS)))), plain(crossed));
  for (const [n, command] of COMMANDS.entries())
    assert.deepEqual(plain(unpackCommands(packCommands([command]))), plain([crossed[n]!]));
  assert.deepEqual(unpackCommands(packCommands([])), []);
});

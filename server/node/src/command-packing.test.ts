import assert from 'node:assert/strict';
import { test } from 'node:test';
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

test('commands cross as they are', () => {
  assert.deepEqual(unpackCommands(structuredClone(packCommands(COMMANDS))), COMMANDS);
  for (const command of COMMANDS) assert.deepEqual(unpackCommands(packCommands([command])), [command]);
  assert.deepEqual(unpackCommands(packCommands([])), []);
});

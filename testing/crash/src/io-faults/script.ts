import type { Command } from '@aerolithdb/protocol';

/** The writes of the fault test: one command a block, so that every kind of write meets every file operation. */
export function script(): Command[] {
  const operations: Command['operation'][] = [
    { type: 'createCollection', collection: 'items', options: {} },
    { type: 'createIndex', collection: 'items', index: { name: 'n_1', keys: [['n', 1]] } },
    ...Array.from({ length: 8 }, (_, n) => insert(n)),
    { type: 'update', collection: 'items', filter: '{"_id":1}', update: '{"$inc":{"n":100}}' },
    { type: 'update', collection: 'items', filter: '{"n":{"$gte":5}}', update: '{"$set":{"late":true}}', multi: true },
    { type: 'replace', collection: 'items', id: '2', document: `{"_id":2,"n":2,"pad":"${'y'.repeat(9000)}"}` },
    { type: 'delete', collection: 'items', filter: '{"_id":3}' },
    ...Array.from({ length: 4 }, (_, n) => insert(100 + n)),
  ];
  return operations.map((operation, index) => ({ id: `step-${index}`, actor: 'local', operation }));
}

function insert(n: number): Command['operation'] {
  return { type: 'insert', collection: 'items', documents: [`{"_id":${n},"n":${n},"pad":"${'x'.repeat(2000)}"}`] };
}

import type { Command } from '@aerolithdb/protocol';

/** A command with its place in the script, by which the output of the program names it. */
export type Step = { readonly index: number; readonly command: Command };

/**
 * The writes of the fault test. The commands of a phase may be applied in any order, so several may be in flight and one that was
 * refused may be sent again; each phase needs the ones before it.
 */
export function phases(): Step[][] {
  let index = 0;
  return PHASES.map((operations) =>
    operations.map((operation) => {
      const command: Command = { id: `step-${index}`, actor: 'local', operation };
      return { index: index++, command };
    }),
  );
}

const PHASES: readonly (readonly Command['operation'][])[] = [
  [{ type: 'createCollection', collection: 'items', options: {} }],
  [
    ...Array.from({ length: 4 }, (_, n) => insert(n)),
    { type: 'createIndex', collection: 'items', index: { name: 'n_1', keys: [['n', 1]] } },
    ...Array.from({ length: 4 }, (_, n) => insert(4 + n)),
  ],
  [
    { type: 'update', collection: 'items', filter: '{"_id":1}', update: '{"$inc":{"n":100}}' },
    {
      type: 'update',
      collection: 'items',
      filter: '{"n":{"$gte":5,"$lt":100}}',
      update: '{"$set":{"late":true}}',
      multi: true,
    },
    { type: 'replace', collection: 'items', id: '2', document: `{"_id":2,"n":2,"pad":"${'y'.repeat(9000)}"}` },
    { type: 'delete', collection: 'items', filter: '{"_id":3}' },
  ],
  Array.from({ length: 6 }, (_, n) => insert(100 + n)),
];

function insert(n: number): Command['operation'] {
  return { type: 'insert', collection: 'items', documents: [`{"_id":${n},"n":${n},"pad":"${'x'.repeat(2000)}"}`] };
}

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import type { Command } from '@aerolithdb/protocol';
import { BlockBody, BODY_FORMAT, encodeBody, type Manifest } from './block-body.ts';
import { keepCommand, restoreCommand } from './kept-command.ts';

const COMMANDS: readonly Command[] = [
  { id: 'a', actor: 'ann', operation: { type: 'insert', collection: 'c', documents: ['{"_id":1}', '{"_id":2,"t":"é"}'] } },
  {
    id: 'b',
    actor: 'ann',
    operation: {
      type: 'transaction',
      operations: [
        { type: 'delete', collection: 'c', filter: '{"_id":1}' },
        { type: 'replace', collection: 'c', id: '2', document: '{"_id":2}' },
      ],
    },
  },
  { id: 'r', actor: 'ann', operation: { type: 'insert', collection: 'c', documents: ['{"_id":2}'] } },
];
const FRAMES = ['{"_id":1}', '{"_id":2,"t":"é"}', undefined, '{"_id":2}'];
const RANGES = [
  [0, 2],
  [2, 4],
  [4, 4],
] as const;

function manifest(): Manifest {
  return {
    format: BODY_FORMAT,
    commands: COMMANDS.map((command, i) => keepCommand(command, FRAMES, RANGES[i]![0], RANGES[i]![1])),
    outcomes: ['ok', 'ok', 'duplicate_id'],
    collections: [['c', 1, '0'.repeat(64)]],
    changes: [
      [1, 0, '1'],
      [1, 0, '2'],
      [4, 0, '1'],
      [2, 0, '2'],
    ],
  };
}

/** One line a format: raise BODY_FORMAT, then add the new hash. A line is never changed. */
const FORMATS: Readonly<Record<number, string>> = {
  1: 'aeafb817b6e27bf91c84dddf5b6129186ca7a69dacde19c22c5231f71c2f5366',
};

test('a change of the body needs a new format', () => {
  const bytes = zstdDecompressSync(encodeBody(manifest(), FRAMES));
  assert.equal(createHash('sha256').update(bytes).digest('hex'), FORMATS[BODY_FORMAT]);
});

test('a body gives back its frames and its manifest', () => {
  const body = BlockBody.decode(encodeBody(manifest(), FRAMES));
  assert.equal(body.changeCount, FRAMES.length);
  assert.deepEqual(
    FRAMES.map((_, i) => body.frame(i)),
    FRAMES,
  );
  assert.equal(body.frame(FRAMES.length), undefined);
  assert.deepEqual(body.manifest, manifest());
});

test('documents that are frames stand once, and commands come back as they were', () => {
  const body = BlockBody.decode(encodeBody(manifest(), FRAMES));
  assert.deepEqual(
    body.manifest.commands.map((kept) => restoreCommand(kept, (index) => body.frame(index))),
    COMMANDS,
  );
  const kept = JSON.stringify(body.manifest.commands);
  assert.ok(!kept.includes('é'));
  assert.ok(kept.includes('"documents":[0,1]'));
  assert.ok(kept.includes('"document":3'));
});

test('a body that is cut short is refused', () => {
  assert.throws(() => BlockBody.decode(encodeBody(manifest(), FRAMES).subarray(0, -5)));
});

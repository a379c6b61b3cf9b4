import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { BlockSync } from './block-sync.ts';

function held() {
  const flushes: { block: number; end: PromiseWithResolvers<void> }[] = [];
  const said: string[] = [];
  const sync = new BlockSync<number>({
    flush: (block) => {
      const end = Promise.withResolvers<void>();
      flushes.push({ block, end });
      return end.promise;
    },
    onDurable: (blocks) => said.push(`durable ${blocks.join(' ')}`),
    onFailure: (thrown) => said.push(`failed ${String(thrown)}`),
  });
  return { flushes, said, sync };
}

test('one flush at a time serves all blocks that were committed before it began, and no other', async () => {
  const { flushes, said, sync } = held();
  for (const block of [1, 2, 3]) sync.add(block);
  assert.deepEqual(
    flushes.map(({ block }) => block),
    [1],
  );
  flushes[0]!.end.resolve();
  await turn();
  assert.deepEqual(said, ['durable 1']);
  assert.deepEqual(
    flushes.map(({ block }) => block),
    [1, 3],
  );
  flushes[1]!.end.resolve();
  await turn();
  assert.deepEqual(said, ['durable 1', 'durable 2 3']);
  sync.add(4);
  assert.deepEqual(
    flushes.map(({ block }) => block),
    [1, 3, 4],
  );
});

test('after a flush that failed nothing is durable any more, and nothing is flushed', async () => {
  const { flushes, said, sync } = held();
  for (const block of [1, 2]) sync.add(block);
  flushes[0]!.end.reject('no disk');
  await turn();
  sync.add(3);
  assert.deepEqual(said, ['failed no disk']);
  assert.equal(flushes.length, 1);
});

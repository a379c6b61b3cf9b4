import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AerolithError, type Block, type Command, type Head, type Outcome } from '@aerolithdb/protocol';
import { AnnouncedMachine } from './announced-machine.ts';

const REFUSED: Outcome = { ok: false, error: { code: 'unknown_collection', message: 'No.' } };
const COMMAND: Command = { id: 'a', actor: 'ann', operation: { type: 'dropCollection', collection: 'c' } };

function scripted() {
  let head: Head = { height: 4, hash: 'h4', time: 0 };
  const announced: number[] = [];
  const inner = {
    head: () => head,
    apply: ({ commands }: Block) => commands.map(() => REFUSED),
    commit: () => {
      head = { height: head.height + 1, hash: `h${head.height + 1}`, time: 0 };
      return head;
    },
  };
  const machine = new AnnouncedMachine(inner, (commands, outcomes, at) => {
    assert.deepEqual([commands, outcomes], [[COMMAND], [REFUSED]]);
    announced.push(at.height);
  });
  const run = () => {
    machine.apply({ height: head.height + 1, time: 0, previousHash: head.hash, commands: [COMMAND] });
    machine.commit();
  };
  return { machine, announced, run };
}

test('a block is announced with its commit, and a flush ends when it is said to be durable', async () => {
  const { machine, announced, run } = scripted();
  await machine.flush();
  const ended: string[] = [];
  run();
  const first = machine.flush().then(() => ended.push('first'));
  run();
  const second = machine.flush().then(() => ended.push('second'));
  assert.deepEqual(announced, [5, 6]);
  machine.durable(5);
  await first;
  assert.deepEqual(ended, ['first']);
  machine.durable(6);
  await second;
  await machine.flush();
});

test('after a sync that failed every flush is rejected', async () => {
  const { machine, run } = scripted();
  run();
  const waiting = assert.rejects(machine.flush(), { code: 'storage_failed' });
  machine.failed(new AerolithError('storage_failed', 'No.', {}));
  await waiting;
  await assert.rejects(machine.flush(), { code: 'storage_failed' });
});

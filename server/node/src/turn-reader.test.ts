import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Engine } from '@aerolithdb/engine';
import { Reader } from '@aerolithdb/engine/read';
import type { Command } from '@aerolithdb/protocol';
import { temporaryFolder } from './temporary-folder.ts';
import { TurnReader } from './turn-reader.ts';

/** An engine whose blocks are durable when the test says so, and the reader beside it. */
type Given = {
  readonly write: (text: string) => void;
  readonly reader: TurnReader;
  readonly makeDurable: () => void;
  readonly engine: Engine;
};

function withBlocks(work: (given: Given) => Promise<void>) {
  return async (): Promise<void> => {
    using folder = temporaryFolder();
    const engine = Engine.open(folder.path);
    let durable = engine.head();
    const apply = (operation: Command['operation']): void => {
      const { height, hash } = engine.head();
      const command = { id: `c${height}`, actor: 'local', operation };
      engine.apply({ height: height + 1, time: height + 1, previousHash: hash, commands: [command] });
      engine.commit();
    };
    apply({ type: 'createCollection', collection: 'c', options: {} });
    const reader = new TurnReader(Reader.open(folder.path), { head: () => durable });
    const write = (text: string) => apply({ type: 'insert', collection: 'c', documents: [text] });
    const makeDurable = () => {
      durable = engine.head();
    };
    await work({ write, reader, makeDurable, engine });
    reader.close();
    engine.close();
  };
}

test(
  'what became durable is seen at once, in the same turn',
  withBlocks(async ({ write, reader, makeDurable }) => {
    assert.equal(reader.getRaw('c', '1'), undefined);
    write('{"_id":1}');
    assert.equal(reader.getRaw('c', '1'), undefined, 'the state of the turn is shared');
    makeDurable();
    assert.equal(reader.getRaw('c', '1')?.text, '{"_id":1}');
    write('{"_id":2}');
    makeDurable();
    assert.equal(reader.catalogue().collections[0]?.documents, 2);
  }),
);

test(
  'the next turn takes a new state, and so do many reads in one turn',
  withBlocks(async ({ write, reader }) => {
    assert.equal(reader.getRaw('c', '1'), undefined);
    write('{"_id":1}');
    await turn();
    assert.ok(reader.getRaw('c', '1'));
    write('{"_id":2}');
    let reads = 0;
    while (reader.getRaw('c', '2') === undefined) reads += 1;
    assert.ok(reads > 0 && reads < 1000, `${reads} reads shared a state`);
  }),
);

test(
  'no state is held when a turn has ended, so the write-ahead log can start anew',
  withBlocks(async ({ write, reader, engine }) => {
    reader.getRaw('c', '1');
    write('{"_id":1}');
    const held = engine.checkpoint();
    assert.ok(held.moved < held.pages, JSON.stringify(held));
    await turn();
    const { pages, moved } = engine.checkpoint();
    assert.equal(moved, pages);
  }),
);

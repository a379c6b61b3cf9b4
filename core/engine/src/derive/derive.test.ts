import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, encodeCommand, merkleRoot, type Outcome } from '@aerolithdb/protocol';
import { EngineDriver, hashOf, stateLines } from '../testing/engine-driver.ts';
import { randomCommands } from '../testing/random-commands.ts';
import { derive } from './derive.ts';

const SEED = Number(process.env.AEROLITH_SEED ?? 11);
const COMMANDS = 1500;
const BLOCK = 40;

type Played = { readonly outcomes: Outcome[]; readonly hashes: string[]; readonly state: string };

function play(commands: readonly Command[]): Played {
  const driver = new EngineDriver();
  const played = { outcomes: [] as Outcome[], hashes: [] as string[] };
  try {
    for (let start = 0; start < commands.length; start += BLOCK) {
      played.outcomes.push(...driver.block(commands.slice(start, start + BLOCK)));
      played.hashes.push(driver.engine.head().hash);
    }
    return { ...played, state: driver.read((connection) => hashOf(stateLines(connection))) };
  } finally {
    driver.close();
  }
}

test(`what was derived of commands changes neither outcomes nor hashes nor what is stored (replay: AEROLITH_SEED=${SEED})`, () => {
  const commands = randomCommands(SEED, COMMANDS);
  const derived = commands.map((command) => ({ ...command, derived: derive(command) }));
  assert.ok(derived.some(({ derived: { documents } }) => documents !== undefined));
  assert.deepEqual(play(derived), play(commands));
});

test('the leaf is the one that the tree of a block has', () => {
  const command: Command = { id: 'é', actor: 'ann', operation: { type: 'dropCollection', collection: 'c' } };
  const leaf = Buffer.from(derive(command).leaf, 'latin1').toString('hex');
  assert.equal(leaf, merkleRoot([Buffer.from(encodeCommand(command))]));
});

test('documents that the writer will refuse are left to it, whole commands at a time', () => {
  const insert = (...documents: string[]): Command => ({
    id: 'i',
    actor: 'ann',
    operation: { type: 'insert', collection: 'c', documents },
  });
  assert.deepEqual(
    derive(insert('{"_id":1}', '{"_id":"a","n":2}')).documents?.map(({ id }) => id),
    ['1', '"a"'],
  );
  for (const bad of ['{', '{"n":1}', '{"_id":[1]}', '{"_id":1,"_id":2}'])
    assert.equal(derive(insert('{"_id":1}', bad)).documents, undefined, bad);
});

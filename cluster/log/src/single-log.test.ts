import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Block, type Command, LIMITS, type Outcome } from '@aerolithdb/protocol';
import { type LogUnderTest, ORDERED_LOG_CONFORMANCE } from './conformance.ts';
import { ScriptedMachine } from './scripted-machine.ts';
import { SingleLog } from './single-log.ts';

const REFUSED = 'refused';

function command(n: number, id = `command-${n}`): Command {
  return { id, actor: 'test', operation: { type: 'insert', collection: 'c', documents: [`{"_id":${n}}`] } };
}

function subject(waitingCommandsMax = 1000, makeLog = single): LogUnderTest {
  const machine = new ScriptedMachine(({ id }) => id.startsWith(REFUSED));
  let clock = 1_000_000;
  const log = makeLog(machine, () => clock, waitingCommandsMax);
  return {
    log,
    command,
    refusedCommand: (n) => command(n, `${REFUSED}-${n}`),
    durableBlocks: async () => [...machine.durable],
    failNext: (step, code) => machine.failNext(step, code),
    setClock: (now) => {
      clock = now;
    },
    waitingCommandsMax,
    release: () => log.close(),
  };
}

function single(machine: ScriptedMachine, now: () => number, waitingCommandsMax: number): SingleLog {
  return new SingleLog({ machine, now, schedule: setImmediate, waitingCommandsMax, waitingBytesMax: 10 * LIMITS.blockBytes });
}

/** The planted bug: it acknowledges what is committed and not yet durable. */
class EarlyLog extends SingleLog {
  readonly #machine: ScriptedMachine;

  constructor(machine: ScriptedMachine, now: () => number, waitingCommandsMax: number) {
    super({ machine, now, schedule: setImmediate, waitingCommandsMax, waitingBytesMax: 10 * LIMITS.blockBytes });
    this.#machine = machine;
  }

  override async submit(command: Command): Promise<Outcome> {
    const { height, hash, time } = this.#machine.head();
    const block: Block = { height: height + 1, time: time + 1, previousHash: hash, commands: [command] };
    const [outcome] = this.#machine.apply(block);
    this.#machine.commit();
    setImmediate(() => void this.#machine.flush());
    return outcome!;
  }
}

describe('SingleLog', () => {
  for (const { name, run } of ORDERED_LOG_CONFORMANCE) test(name, () => run(subject()));
});

test('negative control: a log that acknowledges before the flush fails the suite', async () => {
  const early = ORDERED_LOG_CONFORMANCE.find(({ name }) => name === 'what is acknowledged is durable')!;
  const make = (machine: ScriptedMachine, now: () => number, max: number) => new EarlyLog(machine, now, max);
  await assert.rejects(early.run(subject(1000, make)), /was acknowledged at height 1 and is not there/);
});

test('a block holds no more changes than a block may', async () => {
  const { log, durableBlocks } = subject();
  const operation = { type: 'delete', collection: 'c', filter: '{}', multi: true } as const;
  const all = Array.from({ length: 5 }, (_, n) => log.submit({ id: `d${n}`, actor: 'test', operation }));
  await Promise.all(all);
  assert.deepEqual(
    (await durableBlocks()).map((block) => block.commandIds.length),
    [2, 2, 1],
  );
});

test('a block gathers no more bytes than the limit', async () => {
  const { log, durableBlocks } = subject();
  const document = `{"_id":1,"text":"${'x'.repeat(LIMITS.blockBytes / 3)}"}`;
  const insert = (n: number): Command => ({
    ...command(n),
    operation: { type: 'insert', collection: 'c', documents: [document] },
  });
  await Promise.all([1, 2, 3].map((n) => log.submit(insert(n))));
  assert.deepEqual(
    (await durableBlocks()).map((block) => block.commandIds.length),
    [2, 1],
  );
});

test('a fault of the program refuses only the command that provokes it', async () => {
  const machine = new ScriptedMachine(({ id }) => {
    if (id === 'command-1') throw new TypeError('planted');
    return false;
  });
  const log = single(machine, () => 1, 10);
  const ends = await log.submitMany([0, 1, 2].map((n) => command(n)));
  assert.deepEqual(
    ends.map((end) => ('error' in end ? end.error.code : end.outcome.ok)),
    [true, 'internal', true],
  );
  assert.deepEqual(
    machine.durable.map((block) => block.commandIds),
    [['command-0'], ['command-2']],
  );
});

test('bytes that wait are bounded', async () => {
  const machine = new ScriptedMachine(() => false);
  const log = new SingleLog({ machine, now: () => 1, schedule: setImmediate, waitingCommandsMax: 100, waitingBytesMax: 400 });
  const ends = await log.submitMany([0, 1, 2, 3, 4].map((n) => command(n)));
  assert.deepEqual(
    ends.map((end) => ('error' in end ? end.error.code : 'ok')),
    ['ok', 'ok', 'overloaded', 'overloaded', 'overloaded'],
  );
});

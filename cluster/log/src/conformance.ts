import assert from 'node:assert/strict';
import { AerolithError, type Command, type ErrorCode, type Head, type Outcome } from '@aerolithdb/protocol';
import type { OrderedLog } from './ordered-log.ts';

/** A block as it is found in durable storage. */
export type DurableBlock = {
  readonly height: number;
  readonly time: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly commandIds: readonly string[];
};

/** Where a state machine can fail. */
export type MachineStep = 'apply' | 'commit' | 'flush';

/** An ordered log to try, over a state that can be looked at. */
export type LogUnderTest = {
  readonly log: OrderedLog;
  /** The n-th command: one that the state machine carries out. */
  readonly command: (n: number) => Command;
  /** A command that the state machine refuses, changing nothing. */
  readonly refusedCommand: (n: number) => Command;
  /** The blocks that would be found if everything in memory were lost now. */
  readonly durableBlocks: () => Promise<readonly DurableBlock[]>;
  /** Makes the machine fail once, at the next of these steps. Absent where faults cannot be planted. */
  readonly failNext?: (step: MachineStep, code: ErrorCode) => void;
  /** Sets the clock, in milliseconds. Absent where the clock cannot be set. */
  readonly setClock?: (now: number) => void;
  /** Commands that may wait, when the bound is small enough to be tried (at most 1,000). */
  readonly waitingCommandsMax?: number;
  readonly release: () => Promise<void>;
};

export type ConformanceCase = { readonly name: string; readonly run: (subject: LogUnderTest) => Promise<void> };

/** What every `OrderedLog` must do, one case each, each on a log of its own. A case without the means it needs passes. */
export const ORDERED_LOG_CONFORMANCE: readonly ConformanceCase[] = [
  { name: 'answers with the outcome and keeps the order of one submitter', run: keepsOrder },
  { name: 'what is acknowledged is durable', run: acknowledgedIsDurable },
  { name: 'waiting commands share blocks', run: groupsWaiting },
  { name: 'each command of many callers is applied once', run: appliesOnce },
  { name: 'blocks are linked by hash and time never goes back', run: linksBlocks },
  { name: 'block time never goes back when the clock does', run: clockGoesBack },
  { name: 'a refusal is an outcome', run: refusalIsOutcome },
  { name: 'listeners hear of each durable block, in order', run: listenersHear },
  { name: 'close finishes what it has and then refuses', run: closeFinishes },
  { name: 'refuses with overloaded past its bound', run: refusesOverload },
  {
    name: 'a failed apply rejects the block and the log goes on',
    run: (subject) => failureRejects(subject, 'apply', 'storage_full'),
  },
  {
    name: 'a failed commit rejects the block and the log goes on',
    run: (subject) => failureRejects(subject, 'commit', 'storage_failed'),
  },
  { name: 'a full disk at commit rejects the block', run: (subject) => failureRejects(subject, 'commit', 'storage_full') },
  { name: 'after corruption nothing is written', run: stopsAtCorruption },
  { name: 'after a failed flush nothing is acknowledged or applied', run: stopsAtFailedFlush },
  { name: 'a height is reached when its block is durable', run: reachesHeights },
];

async function keepsOrder({ log, command }: LogUnderTest): Promise<void> {
  const outcomes = await Promise.all(range(20).map((n) => log.submit(command(n))));
  const positions = outcomes.map((outcome) => receiptOf(outcome).position);
  assert.deepEqual(
    outcomes.map((outcome) => receiptOf(outcome).commandId),
    range(20).map((n) => command(n).id),
  );
  assert.deepEqual(
    positions,
    [...new Set(positions)].sort((a, b) => a - b),
  );
}

async function acknowledgedIsDurable({ log, command, durableBlocks }: LogUnderTest): Promise<void> {
  for (let n = 0; n < 5; n += 1) {
    const receipt = receiptOf(await log.submit(command(n)));
    const block = (await durableBlocks()).find(({ height }) => height === receipt.height);
    assert.ok(
      block?.commandIds.includes(command(n).id),
      `command ${n} was acknowledged at height ${receipt.height} and is not there`,
    );
    assert.ok(log.head().height >= receipt.height);
  }
}

async function groupsWaiting({ log, command }: LogUnderTest): Promise<void> {
  const outcomes = await Promise.all(range(100).map((n) => log.submit(command(n))));
  const heights = new Set(outcomes.map((outcome) => receiptOf(outcome).height));
  assert.ok(heights.size <= 10, `100 commands submitted at once took ${heights.size} blocks`);
}

async function appliesOnce({ log, command, durableBlocks }: LogUnderTest): Promise<void> {
  const caller = async (first: number) => {
    for (let n = first; n < 200; n += 8) receiptOf(await log.submit(command(n)));
  };
  await Promise.all(range(8).map(caller));
  const ids = (await durableBlocks()).flatMap((block) => block.commandIds);
  for (const n of range(200)) assert.equal(ids.filter((id) => id === command(n).id).length, 1, `command ${n}`);
}

async function linksBlocks({ log, command, durableBlocks }: LogUnderTest): Promise<void> {
  for (const n of range(5)) await log.submit(command(n));
  const blocks = await durableBlocks();
  assert.ok(blocks.length >= 5);
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1];
    assert.equal(block.height, index + 1);
    assert.equal(block.previousHash, before?.hash ?? '0'.repeat(64));
    assert.ok(block.time >= (before?.time ?? 0));
  }
  const last = blocks.at(-1)!;
  assert.deepEqual(log.head(), { height: last.height, hash: last.hash, time: last.time });
}

async function clockGoesBack({ log, command, setClock }: LogUnderTest): Promise<void> {
  if (setClock === undefined) return;
  setClock(5_000_000);
  const first = receiptOf(await log.submit(command(0)));
  setClock(4_000_000);
  const second = receiptOf(await log.submit(command(1)));
  assert.deepEqual([first.time, second.time], [5_000_000, 5_000_000]);
}

async function refusalIsOutcome({ log, command, refusedCommand }: LogUnderTest): Promise<void> {
  const [before, refused, after] = await Promise.all([
    log.submit(command(0)),
    log.submit(refusedCommand(1)),
    log.submit(command(2)),
  ]);
  assert.deepEqual([before.ok, refused.ok, after.ok], [true, false, true]);
}

async function listenersHear({ log, command }: LogUnderTest): Promise<void> {
  const heads: Head[] = [];
  const start = log.head().height;
  const end = log.onBlock((head) => heads.push(head));
  const receipts = [receiptOf(await log.submit(command(0))), receiptOf(await log.submit(command(1)))];
  end();
  await log.submit(command(2));
  assert.deepEqual(
    heads.map(({ height }) => height),
    receipts.map(({ height }) => height),
  );
  assert.deepEqual(
    heads.map(({ height }) => height),
    [start + 1, start + 2],
  );
}

async function closeFinishes({ log, command, durableBlocks }: LogUnderTest): Promise<void> {
  const begun = range(50).map((n) => log.submit(command(n)));
  const closed = log.close();
  await assert.rejects(log.submit(command(50)), { code: 'log_closed' });
  for (const outcome of await Promise.all(begun)) assert.ok(outcome.ok);
  await closed;
  await log.close();
  assert.equal((await durableBlocks()).flatMap((block) => block.commandIds).filter((id) => id === command(50).id).length, 0);
}

async function refusesOverload({ log, command, waitingCommandsMax, durableBlocks }: LogUnderTest): Promise<void> {
  if (waitingCommandsMax === undefined) return;
  const sent = range(waitingCommandsMax + 10);
  const ends = await Promise.allSettled(sent.map((n) => log.submit(command(n))));
  const refused = sent.filter((n) => ends[n]!.status === 'rejected');
  assert.equal(refused.length, 10);
  for (const n of refused) assert.equal(codeOf(ends[n]!), 'overloaded');
  const ids = new Set((await durableBlocks()).flatMap((block) => block.commandIds));
  for (const n of sent) assert.equal(ids.has(command(n).id), !refused.includes(n), `command ${n}`);
  assert.ok((await log.submit(command(sent.length))).ok);
}

async function failureRejects(subject: LogUnderTest, step: 'apply' | 'commit', code: ErrorCode): Promise<void> {
  const { log, command, failNext, durableBlocks } = subject;
  if (failNext === undefined) return;
  await log.submit(command(0));
  failNext(step, code);
  await assert.rejects(log.submit(command(1)), { code });
  const again = await log.submit(command(2));
  assert.ok(again.ok);
  const ids = (await durableBlocks()).flatMap((block) => block.commandIds);
  assert.deepEqual(ids, [command(0).id, command(2).id]);
}

async function stopsAtCorruption({ log, command, failNext, durableBlocks }: LogUnderTest): Promise<void> {
  if (failNext === undefined) return;
  failNext('apply', 'storage_corrupt');
  await assert.rejects(log.submit(command(0)), { code: 'storage_corrupt' });
  await assert.rejects(log.submit(command(1)), { code: 'storage_corrupt' });
  assert.deepEqual(await durableBlocks(), []);
}

async function stopsAtFailedFlush({ log, command, failNext, durableBlocks }: LogUnderTest): Promise<void> {
  if (failNext === undefined) return;
  failNext('flush', 'storage_failed');
  const waiting = assert.rejects(log.reached(1), { code: 'storage_failed' });
  await assert.rejects(log.submit(command(0)), { code: 'storage_failed' });
  await assert.rejects(log.submit(command(1)), { code: 'storage_failed' });
  await waiting;
  assert.deepEqual(await durableBlocks(), []);
  assert.equal(log.head().height, 0);
}

async function reachesHeights({ log, command, durableBlocks }: LogUnderTest): Promise<void> {
  const start = log.head().height;
  await log.reached(start);
  const second = log.reached(start + 2).then(async () => (await durableBlocks()).length);
  await log.submit(command(0));
  await log.submit(command(1));
  assert.ok((await second) >= start + 2);
  const never = assert.rejects(log.reached(start + 1000), { code: 'log_closed' });
  await log.close();
  await never;
}

function receiptOf(outcome: Outcome) {
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.receipt;
}

function codeOf(end: PromiseSettledResult<unknown>): string {
  if (end.status === 'fulfilled') return 'acknowledged';
  return end.reason instanceof AerolithError ? end.reason.code : String(end.reason);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

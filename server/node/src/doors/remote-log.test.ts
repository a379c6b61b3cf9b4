import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { Reader } from '@aerolithdb/engine/read';
import type { OrderedLog } from '@aerolithdb/log';
import { type DurableBlock, type LogUnderTest, ORDERED_LOG_CONFORMANCE } from '@aerolithdb/log/conformance';
import { type Head, LIMITS } from '@aerolithdb/protocol';
import { LogClient } from '../log-client.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fromWire } from '../wire-error.ts';
import { DoorDesk } from './door-desk.ts';
import type { FromDoor, ToDoor } from './door-messages.ts';
import type { DoorServices } from './door-services.ts';
import { HeadFeed } from './head-feed.ts';
import { RemoteLog } from './remote-log.ts';

const WAITING_COMMANDS = 500;

/** A remote log whose two sides talk by real ports, both in this thread. */
function remoteLog(log: OrderedLog, feed: HeadFeed): RemoteLog {
  const { port1, port2 } = new MessageChannel();
  const desk = new DoorDesk(log, {} as DoorServices, (message) => port1.postMessage(message));
  const { end } = feed.join();
  const remote = new RemoteLog(end, (message) => port2.postMessage(message));
  port1.on('message', (message: FromDoor) => message.kind === 'commands' && desk.submit(message));
  port2.on('message', (message: ToDoor) => {
    if (message.kind === 'ends') remote.end(message);
    if (message.kind === 'logFailed') {
      remote.fail(fromWire(message.error));
      port2.close();
    }
  });
  return remote;
}

async function subject(folder: string): Promise<LogUnderTest> {
  const log = await LogClient.start({
    folder,
    engine: {},
    waitingCommandsMax: WAITING_COMMANDS,
    waitingBytesMax: LIMITS.blockBytes,
  });
  const remote = remoteLog(log, new HeadFeed(log));
  return {
    log: remote,
    command: (n) => ({
      id: `command-${n}`,
      actor: 'test',
      operation: { type: 'createCollection', collection: `c${n}`, options: {} },
    }),
    refusedCommand: (n) => ({ id: `refused-${n}`, actor: 'test', operation: { type: 'dropCollection', collection: `none${n}` } }),
    durableBlocks: async () => durableBlocks(folder),
    waitingCommandsMax: WAITING_COMMANDS,
    release: async () => {
      await remote.close();
      await log.close();
    },
  };
}

type BlockText = Omit<DurableBlock, 'commandIds'> & { readonly commands: readonly { readonly id: string }[] };

/** What a reader finds that opens the file now, as after a crash. */
function durableBlocks(folder: string): DurableBlock[] {
  const reader = Reader.open(folder);
  try {
    return Array.from({ length: reader.head().height }, (_, index) => {
      const text = reader.read({ kind: 'block', height: index + 1 }).text!;
      const { height, time, previousHash, hash, commands } = JSON.parse(text) as BlockText;
      return { height, time, previousHash, hash, commandIds: commands.map(({ id }) => id) };
    });
  } finally {
    reader.close();
  }
}

describe('RemoteLog over the log of the main thread', () => {
  for (const { name, run } of ORDERED_LOG_CONFORMANCE) {
    test(name, async () => {
      using folder = temporaryFolder();
      const subjectUnderTest = await subject(folder.path);
      try {
        await run(subjectUnderTest);
      } finally {
        await subjectUnderTest.release();
      }
    });
  }
});

/** A log of heads alone. */
class HeadLog implements Pick<OrderedLog, 'head' | 'onBlock'> {
  #head: Head = { height: 0, hash: '', time: 0 };
  readonly #listeners: ((head: Head) => void)[] = [];

  head(): Head {
    return this.#head;
  }

  onBlock(listener: (head: Head) => void): () => void {
    this.#listeners.push(listener);
    return () => undefined;
  }

  reach(height: number): void {
    this.#head = { height, hash: '', time: 0 };
    for (const listener of this.#listeners) listener(this.#head);
  }
}

test('a head is known before its message was delivered, and heard of once, in order', async () => {
  const log = new HeadLog();
  const feed = new HeadFeed(log as unknown as OrderedLog);
  const { end, leave } = feed.join();
  const remote = new RemoteLog(end, () => undefined);
  const heard: number[] = [];
  remote.onBlock(({ height }) => heard.push(height));
  const third = remote.reached(3).then(() => heard.push(-3));
  log.reach(1);
  log.reach(2);
  assert.equal(remote.head().height, 2);
  assert.deepEqual(heard, [1, 2]);
  log.reach(3);
  await remote.reached(3);
  await third;
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(heard, [1, 2, 3, -3]);
  await remote.close();
  leave();
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Reader } from '@aerolithdb/engine/read';
import { type DurableBlock, type LogUnderTest, ORDERED_LOG_CONFORMANCE } from '@aerolithdb/log/conformance';
import { LIMITS } from '@aerolithdb/protocol';
import { LogClient } from './log-client.ts';
import { temporaryFolder } from './temporary-folder.ts';

const WAITING_COMMANDS = 500;

/** What a reader finds that opens the file now, as after a crash. */
function durableBlocks(folder: string): DurableBlock[] {
  const reader = Reader.open(folder);
  try {
    const { height } = reader.head();
    return Array.from({ length: height }, (_, index) => describeBlock(reader.read({ kind: 'block', height: index + 1 }).text!));
  } finally {
    reader.close();
  }
}

type BlockText = Omit<DurableBlock, 'commandIds'> & { readonly commands: readonly { readonly id: string }[] };

function describeBlock(text: string): DurableBlock {
  const { height, time, previousHash, hash, commands } = JSON.parse(text) as BlockText;
  return { height, time, previousHash, hash, commandIds: commands.map(({ id }) => id) };
}

async function subject(folder: string): Promise<LogUnderTest> {
  const log = await LogClient.start({
    folder,
    engine: {},
    waitingCommandsMax: WAITING_COMMANDS,
    waitingBytesMax: LIMITS.blockBytes,
  });
  return {
    log,
    command: (n) => ({
      id: `command-${n}`,
      actor: 'test',
      operation: { type: 'createCollection', collection: `c${n}`, options: {} },
    }),
    refusedCommand: (n) => ({ id: `refused-${n}`, actor: 'test', operation: { type: 'dropCollection', collection: `none${n}` } }),
    durableBlocks: async () => durableBlocks(folder),
    waitingCommandsMax: WAITING_COMMANDS,
    release: () => log.close(),
  };
}

describe('LogClient over the writer with the engine', () => {
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

test('a refusal of the engine to open is the error of the start', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'aerolith.db'), 'this is not a data file of ours');
  await assert.rejects(subject(folder.path), { code: 'data_foreign' });
});

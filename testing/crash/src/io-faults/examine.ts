import { Engine } from '@aerolithdb/engine';
import { Reader } from '@aerolithdb/engine/read';
import type { Command, Outcome } from '@aerolithdb/protocol';
import type { Told } from './run-program.ts';
import { phases } from './script.ts';

/**
 * Opens the folder after a fault and says, one sentence each, what is not as it must be:
 * 1. blocks 1 to the head are all there and readable, and so is every page of the file;
 * 2. every acknowledged command is in the window (sending it again gives `repeated`), with its effect;
 * 3. the commands not acknowledged can be applied now, and then the content is that of a run without faults: each was applied once;
 * 4. the head is not below the one that was shown.
 */
export function examine(folder: string, told: Told): string[] {
  const wrong: string[] = [];
  const engine = Engine.open(folder);
  const reader = Reader.open(folder);
  try {
    engine.check();
    const { height } = engine.head();
    if (height < told.height) wrong.push(`height ${told.height} was shown and is lost: the head is ${height}`);
    for (let height = 1; height <= engine.head().height; height++) reader.read({ kind: 'block', height });
    for (const { index, command } of phases().flat()) {
      const outcome = applyOne(engine, command);
      if (!outcome.ok) wrong.push(`command ${index} sent again was refused: ${outcome.error.message}`);
      else if (told.acknowledged.has(index) && outcome.repeated !== true)
        wrong.push(`command ${index} was acknowledged and is lost`);
    }
    const found = reader.read({ kind: 'find', collection: 'items', sort: '{"_id":1}', projection: '{"pad":0}' }).text;
    if (found !== `[${EXPECTED}]`) wrong.push(`the content is ${found}, not [${EXPECTED}]`);
    const byIndex = reader.read({ kind: 'count', collection: 'items', filter: '{"n":{"$gte":0}}', hint: 'n_1' }).count;
    if (byIndex !== EXPECTED.length) wrong.push(`the index holds ${byIndex} documents, not ${EXPECTED.length}`);
  } finally {
    reader.close();
    engine.close();
  }
  return wrong;
}

function applyOne(engine: Engine, command: Command): Outcome {
  const { height, hash, time } = engine.head();
  const [outcome] = engine.apply({ height: height + 1, time, previousHash: hash, commands: [command] });
  engine.commit();
  return outcome!;
}

const EXPECTED: readonly string[] = [
  '{"_id":0,"n":0}',
  '{"_id":1,"n":101}',
  '{"_id":2,"n":2}',
  '{"_id":4,"n":4}',
  ...[5, 6, 7].map((n) => `{"_id":${n},"n":${n},"late":true}`),
  ...[100, 101, 102, 103, 104, 105].map((n) => `{"_id":${n},"n":${n}}`),
];

/** As `examine`; a folder that cannot be opened or read is one sentence more. */
export function examineSafely(folder: string, told: Told): string[] {
  try {
    return examine(folder, told);
  } catch (error) {
    return [`the folder cannot be read: ${String(error)}`];
  }
}

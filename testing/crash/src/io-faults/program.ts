import { Engine, syncFailure } from '@aerolithdb/engine';
import { AnnouncedMachine, BlockSync, SingleLog } from '@aerolithdb/log';
import type { Command, Outcome } from '@aerolithdb/protocol';
import { LogSync, type Synced } from '@aerolithdb/storage';
import { phases, type Step } from './script.ts';

/**
 * `program FOLDER`: prints `opened at HEIGHT`, runs the script, the commands of a phase in flight together, and prints `acknowledged N`
 * after each acknowledgement and `refused N CODE` after each refusal. A command that was refused is sent again, as a client would that waits for space. In the
 * middle of each longer phase the write-ahead log is moved into the file, so that it is begun anew while blocks are being synced.
 */
/** More than a full disk refuses. */
const ATTEMPTS = 30;
/** Fewer than a phase has, so that blocks follow one another while one is being synced. */
const IN_FLIGHT = 3;

const folder = process.argv[2]!;
const engine = Engine.open(folder);
process.stdout.write(`opened at ${engine.head().height}\n`);

// The parts that a node has, with both of its threads in this one, so that a run does the same operations each time.
type Committed = {
  readonly commands: readonly Command[];
  readonly outcomes: readonly Outcome[];
  readonly height: number;
  readonly synced: Synced;
};
const callers = new Map<Command, (outcome: Outcome) => void>();
const logSync = LogSync.open(folder);
const blockSync = new BlockSync<Committed>({
  flush: ({ synced }) => logSync.flush(synced),
  onDurable: (blocks) => {
    for (const { commands, outcomes } of blocks)
      for (const [i, command] of commands.entries()) callers.get(command)!(outcomes[i]!);
    machine.durable(blocks.at(-1)!.height);
  },
  onFailure: (thrown) => machine.failed(syncFailure(folder, thrown)),
});
const machine = new AnnouncedMachine(engine, (commands, outcomes, { height }) => {
  blockSync.add({ commands, outcomes, height, synced: engine.committed() });
});
const log = new SingleLog({
  machine,
  now: () => 1_700_000_000_000,
  schedule: (run) => setImmediate(run),
  waitingCommandsMax: 10,
  waitingBytesMax: 1_000_000,
});

for (const steps of phases()) {
  const waiting = [...steps];
  const middle = waiting.length > 1 ? waiting[Math.floor(waiting.length / 2)] : undefined;
  const caller = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const sent = send(step);
      if (step === middle) checkpoint();
      await sent;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, caller));
}
await log.close();
engine.close();
logSync.close();

/** Resolves once the command's block is durable. */
function submit(command: Command): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    callers.set(command, resolve);
    log.enqueue(command, (settled) => 'error' in settled && reject(settled.error));
  });
}

async function send({ index, command }: Step): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const line = await submit(command).then(
      (outcome) => (outcome.ok ? `acknowledged ${index}` : `refused ${index} ${outcome.error.code}`),
      (error: { code?: string; message: string }) => `refused ${index} ${error.code ?? error.message}`,
    );
    process.stdout.write(`${line}\n`);
    if (line.startsWith('acknowledged')) return;
  }
}

/** One that fails is not repeated: SQLite makes the next when its log has grown. */
function checkpoint(): void {
  try {
    engine.checkpoint();
  } catch (error) {
    process.stdout.write(`no checkpoint ${String(error)}\n`);
  }
}

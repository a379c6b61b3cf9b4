import { Engine } from '@aerolithdb/engine';
import { SingleLog } from '@aerolithdb/log';
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

const engine = Engine.open(process.argv[2]!);
process.stdout.write(`opened at ${engine.head().height}\n`);
const log = new SingleLog({
  machine: engine,
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

async function send({ index, command }: Step): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const line = await log.submit(command).then(
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

import { Engine } from '@aerolithdb/engine';
import { SingleLog } from '@aerolithdb/log';
import { script } from './script.ts';

/**
 * `program FOLDER`: runs the script one command after the other, and prints `acknowledged N` after each acknowledgement and
 * `refused N CODE` after each refusal. A command that was refused is sent again, as a client would that waits for space.
 */
/** More than a full disk refuses. */
const ATTEMPTS = 30;

const engine = Engine.open(process.argv[2]!);
const log = new SingleLog({
  machine: engine,
  now: () => 1_700_000_000_000,
  schedule: (run) => setImmediate(run),
  waitingCommandsMax: 10,
  waitingBytesMax: 1_000_000,
});

for (const [index, command] of script().entries()) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const line = await log.submit(command).then(
      (outcome) => (outcome.ok ? `acknowledged ${index}` : `refused ${index} ${outcome.error.code}`),
      (error: { code?: string; message: string }) => `refused ${index} ${error.code ?? error.message}`,
    );
    process.stdout.write(`${line}\n`);
    if (line.startsWith('acknowledged')) break;
  }
}
await log.close();
engine.close();

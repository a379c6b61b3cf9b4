import { seeded } from '../random.ts';
import { within } from '../time-limit.ts';
import { Load } from './load.ts';
import { type Server, startServer } from './server.ts';
import { Writer } from './writes.ts';

const CALLERS = 16;
/** For the callers to notice that the node is gone. */
const NOTICE_MS = 30_000;

export type KillOptions = {
  /** Data folder, empty at first. */
  readonly data: string;
  readonly rounds: number;
  readonly seed: number;
  /** A planted bug, for the negative controls. */
  readonly plant?: string;
  readonly onRound?: (round: number, acknowledged: number) => void;
  /** Ends after the first round with a difference. */
  readonly stopAtFirst?: boolean;
};

export type KillResult = {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Writes whose answer was lost and that were sent again. */
  readonly sentAgain: number;
  readonly differences: readonly string[];
};

/** Kills the node with SIGKILL at random moments under load, starts it again and compares; the same folder in every round. */
export async function runKillRounds(options: KillOptions): Promise<KillResult> {
  const random = seeded(options.seed);
  const load = new Load(random);
  const differences: string[] = [];
  let sentAgain = 0;
  let round = 0;
  let server = await startServer(options.data, options.plant);
  try {
    await withWriter(server, (writer) => load.prepare(writer));
    while (round < options.rounds && !(options.stopAtFirst && differences.length > 0)) {
      await killUnderLoad(server, load, 30 + random() * 400);
      server = await startServer(options.data, options.plant);
      await withWriter(server, async (writer) => {
        sentAgain += await load.settle(writer);
        const found = await load.check(writer);
        differences.push(...found.map((difference) => `round ${round} (seed ${options.seed}): ${difference}`));
      });
      round += 1;
      options.onRound?.(round, load.acknowledged);
    }
    await server.stop();
  } finally {
    await server.kill();
  }
  return { rounds: round, acknowledged: load.acknowledged, sentAgain, differences };
}
async function killUnderLoad(server: Server, load: Load, afterMs: number): Promise<void> {
  await withWriter(server, async (writer) => {
    const callers = Promise.all(Array.from({ length: CALLERS }, () => load.run(writer)));
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await server.kill();
    await within(NOTICE_MS, 'The end of the callers after the node was killed', callers);
  });
}

async function withWriter<T>(server: Server, work: (writer: Writer) => Promise<T>): Promise<T> {
  const writer = new Writer(server, CALLERS);
  try {
    return await work(writer);
  } finally {
    writer.close();
  }
}

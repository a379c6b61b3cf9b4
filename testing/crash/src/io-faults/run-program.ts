import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { planting } from '../planted/planting.ts';

const program = fileURLToPath(new URL('./program.ts', import.meta.url));

/** A run takes about a second. */
const RUN_MS = 60_000;

export type ProgramOptions = {
  readonly plant?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder where Node keeps what it compiled, so that the next run starts sooner. */
  readonly compiled: string;
};

/** What the program told the world, and must therefore be there afterwards. */
export type Told = {
  /** Indexes of acknowledged commands. */
  readonly acknowledged: ReadonlySet<number>;
  /** The head when the folder was opened, which readers may see; 0 when it was not opened. */
  readonly height: number;
};

/** Runs the script over the data folder. Throws when the run does not end. */
export function runProgram(data: string, { plant, env, compiled }: ProgramOptions): Promise<Told> {
  const { argv, env: planted } = planting(plant);
  const child = spawn(process.execPath, [...argv, program, data], {
    env: { ...process.env, ...planted, ...env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: RUN_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_, signal) => {
      if (signal !== null)
        reject(new Error(`The program did not end within ${RUN_MS / 1000} s (${signal}). It said:\n${output}`));
      else resolve(toldIn(output));
    });
  });
}

function toldIn(output: string): Told {
  const acknowledged = [...output.matchAll(/^acknowledged (\d+)$/gm)].map((match) => Number(match[1]));
  return { acknowledged: new Set(acknowledged), height: Number(/^opened at (\d+)$/m.exec(output)?.[1] ?? 0) };
}

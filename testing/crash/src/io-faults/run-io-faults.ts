import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { compileShim, type FaultKind, faultEnvironment } from '../shim/compile-shim.ts';
import { examineSafely } from './examine.ts';
import { runProgram, type Told } from './run-program.ts';
import { phases } from './script.ts';

export type IoFaultOptions = {
  /** An empty folder. */
  readonly folder: string;
  readonly kind: FaultKind;
  /** Every `stride`-th operation is failed: 1 is all of them. */
  readonly stride: number;
  /** A planted bug, for the negative controls. */
  readonly plant?: string;
  /** Ends after the first difference. */
  readonly stopAtFirst?: boolean;
  readonly onFault?: (at: number) => void;
};

export type IoFaultResult = { readonly faults: number; readonly differences: readonly string[] };

/**
 * Fails file operation 1, 2, 3 … of the same run, each in a fresh folder, until the run ends before the fault; examines each.
 * As many runs at a time as there are processors. Throws when the program does not work without a fault, or does not end.
 */
export async function runIoFaults(options: IoFaultOptions): Promise<IoFaultResult> {
  const runs = new FaultRuns(options);
  await runs.withoutFault();
  await Promise.all(Array.from({ length: availableParallelism() }, () => runs.untilTheEnd()));
  return { faults: runs.faults, differences: runs.differences };
}

class FaultRuns {
  readonly #options: IoFaultOptions;
  readonly #library: string;
  readonly differences: string[] = [];
  faults = 0;
  #next = 1;
  #ended = false;

  constructor(options: IoFaultOptions) {
    this.#options = options;
    this.#library = compileShim(options.folder);
  }

  async withoutFault(): Promise<void> {
    const { told } = await this.#run('whole', {});
    const commands = phases().flat().length;
    if (told.acknowledged.size !== commands)
      throw new Error(`Without a fault ${told.acknowledged.size} of ${commands} commands were acknowledged.`);
  }

  async untilTheEnd(): Promise<void> {
    while (!this.#ended && !(this.#options.stopAtFirst && this.differences.length > 0)) {
      const at = this.#next;
      this.#next += this.#options.stride;
      await this.#fault(at);
    }
  }

  async #fault(at: number): Promise<void> {
    const { folder, kind, onFault } = this.#options;
    const log = join(folder, `fired-${at}`);
    const data = join(folder, `data-${at}`);
    const { found } = await this.#run(`data-${at}`, faultEnvironment(this.#library, { folder: data, at, kind, log }));
    this.differences.push(...found.map((sentence) => `${kind} at operation ${at}: ${sentence}`));
    if (!existsSync(log)) {
      this.#ended = true;
      return;
    }
    onFault?.(at);
    this.faults += 1;
  }

  async #run(name: string, env: Record<string, string>): Promise<{ told: Told; found: string[] }> {
    const { folder, plant } = this.#options;
    const data = join(folder, name);
    mkdirSync(data);
    const told = await runProgram(data, {
      ...(plant !== undefined && { plant }),
      env,
      compiled: join(folder, 'compiled'),
    });
    const found = examineSafely(data, told);
    rmSync(data, { recursive: true });
    return { told, found };
  }
}

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileShim, type FaultKind, faultEnvironment } from '../shim/compile-shim.ts';
import { examine } from './examine.ts';

const program = fileURLToPath(new URL('./program.ts', import.meta.url));

export type IoFaultOptions = {
  /** An empty folder. */
  readonly folder: string;
  readonly kind: FaultKind;
  /** Every `stride`-th operation is failed: 1 is all of them. */
  readonly stride: number;
  readonly onFault?: (at: number) => void;
};

export type IoFaultResult = { readonly faults: number; readonly differences: readonly string[] };

/** Fails file operation 1, 2, 3 … of the same run, each in a fresh folder, until the run ends before the fault; examines each. */
export async function runIoFaults(options: IoFaultOptions): Promise<IoFaultResult> {
  const library = compileShim(options.folder);
  const differences: string[] = [];
  let faults = 0;
  for (let at = 1; ; at += options.stride) {
    const { fired, found } = await oneFault(library, options, at);
    differences.push(...found.map((sentence) => `${options.kind} at operation ${at}: ${sentence}`));
    if (!fired) return { faults, differences };
    options.onFault?.(at);
    faults += 1;
  }
}

async function oneFault(
  library: string,
  { folder, kind }: IoFaultOptions,
  at: number,
): Promise<{ fired: boolean; found: string[] }> {
  const data = join(folder, `data-${at}`);
  const log = join(folder, `fired-${at}`);
  mkdirSync(data);
  const acknowledged = await runProgram(data, faultEnvironment(library, { folder: data, at, kind, log }));
  const found = examineSafely(data, acknowledged);
  rmSync(data, { recursive: true });
  return { fired: existsSync(log), found };
}

function runProgram(data: string, env: Record<string, string>): Promise<Set<number>> {
  const child = spawn(process.execPath, [program, data], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve(new Set([...output.matchAll(/^acknowledged (\d+)$/gm)].map((match) => Number(match[1])))));
  });
}

function examineSafely(data: string, acknowledged: ReadonlySet<number>): string[] {
  try {
    return examine(data, acknowledged);
  } catch (error) {
    return [`the folder cannot be read: ${String(error)}`];
  }
}

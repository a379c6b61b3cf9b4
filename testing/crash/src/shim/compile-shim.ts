import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = ['fault.c', 'undo-log.c'].map((name) => fileURLToPath(new URL(name, import.meta.url)));

/** What each does: the head of `fault.c`. */
export const FAULT_KINDS = ['eio', 'enospc', 'kill', 'torn', 'power', 'power-some'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Compiles the preloaded library into `folder` and returns its path. Needs a C compiler and Linux. */
export function compileShim(folder: string): string {
  const library = join(folder, 'fault.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, ...sources, '-ldl', '-lpthread'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    throw new Error(`The fault library does not compile: a C compiler (cc) on Linux is needed.\n${String(error)}`);
  }
  return library;
}

/** Environment of a process in which the `at`-th file operation below `folder` fails. `log` then exists and is not empty. */
export function faultEnvironment(
  library: string,
  fault: { folder: string; at: number; kind: FaultKind; log: string },
): Record<string, string> {
  return {
    LD_PRELOAD: library,
    AEROLITH_FAULT_DIR: fault.folder,
    AEROLITH_FAULT_AT: String(fault.at),
    AEROLITH_FAULT_KIND: fault.kind,
    AEROLITH_FAULT_LOG: fault.log,
  };
}

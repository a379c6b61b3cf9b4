import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./fault.c', import.meta.url));

export type FaultKind = 'eio' | 'enospc' | 'kill' | 'torn';

/** Compiles the preloaded library into `folder` and returns its path. Needs a C compiler and Linux. */
export function compileShim(folder: string): string {
  const library = join(folder, 'fault.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: ['ignore', 'ignore', 'pipe'] });
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

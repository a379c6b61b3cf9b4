import module from 'node:module';
import { dirname } from 'node:path';
import type { WorkerOptions } from 'node:worker_threads';

const EVAL = /^(-e|-p|-pe|--eval|--print|--input-type)(=|$)/;
const PRELOAD = new Set(['--import', '--require', '-r']);

/**
 * Room of a thread for objects that die young, in MB. V8 would let it grow to some 130 MB under load and keep that, and inserts take as long.
 */
const YOUNG_MB = 24;

/**
 * What every thread of a node is started with. Threads inherit the options of the process; a process that runs a text (`node -e`) has
 * options that refuse any file, so there only what is preloaded is passed on. `youngMb`: room for objects that die young.
 * `heapMb`: room for all others; a thread that needs more ends.
 */
export function threadOptions({
  execArgv = process.execArgv,
  youngMb = YOUNG_MB,
  heapMb,
}: {
  readonly execArgv?: readonly string[];
  readonly youngMb?: number;
  readonly heapMb?: number | undefined;
} = {}): Pick<WorkerOptions, 'execArgv' | 'resourceLimits' | 'env'> {
  const old = heapMb === undefined ? {} : { maxOldGenerationSizeMb: heapMb };
  const shared = { resourceLimits: { maxYoungGenerationSizeMb: youngMb, ...old }, ...compileCache() };
  if (!execArgv.some((argument) => EVAL.test(argument))) return shared;
  const isPreload = (argument: string | undefined) => argument !== undefined && PRELOAD.has(argument);
  const isPreloadInOne = (argument: string) => argument.startsWith('--import=') || argument.startsWith('--require=');
  const preloads = execArgv.filter(
    (argument, index) => isPreload(argument) || isPreload(execArgv[index - 1]) || isPreloadInOne(argument),
  );
  return { ...shared, execArgv: preloads };
}

/**
 * What the process has compiled before, also for its threads, which take it from the environment alone. It halves their start, and saves
 * 10 MB in each that would otherwise load what strips types.
 */
function compileCache(): Pick<WorkerOptions, 'env'> {
  // Of this version of Node.js, inside the folder that was named.
  const folder = module.getCompileCacheDir?.();
  return folder === undefined ? {} : { env: { ...process.env, NODE_COMPILE_CACHE: dirname(folder) } };
}

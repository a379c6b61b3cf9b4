import type { WorkerOptions } from 'node:worker_threads';

const EVAL = /^(-e|-p|-pe|--eval|--print|--input-type)(=|$)/;
const PRELOAD = new Set(['--import', '--require', '-r']);

/**
 * Room of a thread for objects that die young, in MB. V8 would let it grow to some 130 MB under load and keep that, and inserts take as long.
 */
const YOUNG_MB = 24;

/**
 * What every thread of a node is started with. Threads inherit the options of the process; a process that runs a text (`node -e`) has
 * options that refuse any file, so there only what is preloaded is passed on.
 */
export function threadOptions(
  execArgv: readonly string[] = process.execArgv,
): Pick<WorkerOptions, 'execArgv' | 'resourceLimits'> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  if (!execArgv.some((argument) => EVAL.test(argument))) return { resourceLimits };
  const isPreload = (argument: string | undefined) => argument !== undefined && PRELOAD.has(argument);
  const isPreloadInOne = (argument: string) => argument.startsWith('--import=') || argument.startsWith('--require=');
  const preloads = execArgv.filter(
    (argument, index) => isPreload(argument) || isPreload(execArgv[index - 1]) || isPreloadInOne(argument),
  );
  return { resourceLimits, execArgv: preloads };
}

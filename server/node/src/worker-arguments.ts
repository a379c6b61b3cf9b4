import type { WorkerOptions } from 'node:worker_threads';

const EVAL = /^(-e|-p|-pe|--eval|--print|--input-type)(=|$)/;
const PRELOAD = new Set(['--import', '--require', '-r']);

/**
 * Threads inherit the options of the process. A process that runs a text (`node -e`) has options that refuse any file, so there
 * only what is preloaded is passed on.
 */
export function workerArguments(execArgv: readonly string[] = process.execArgv): Pick<WorkerOptions, 'execArgv'> {
  if (!execArgv.some((argument) => EVAL.test(argument))) return {};
  const isPreload = (argument: string | undefined) => argument !== undefined && PRELOAD.has(argument);
  const isPreloadInOne = (argument: string) => argument.startsWith('--import=') || argument.startsWith('--require=');
  return {
    execArgv: execArgv.filter(
      (argument, index) => isPreload(argument) || isPreload(execArgv[index - 1]) || isPreloadInOne(argument),
    ),
  };
}

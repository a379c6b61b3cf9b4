const EVAL = new Set(['-e', '--eval', '-p', '--print', '-pe']);

/** Options of this process for its threads: all but those that say what program the process runs, which would refuse a file. */
export function workerArguments(execArgv: readonly string[] = process.execArgv): string[] {
  return execArgv.filter((argument, index) => {
    const isProgram = EVAL.has(argument) || EVAL.has(execArgv[index - 1] ?? '') || argument.startsWith('--eval=');
    return !isProgram && !argument.startsWith('--input-type');
  });
}

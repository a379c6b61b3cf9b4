import { spawnSync } from 'node:child_process';

export interface ToolRun {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a tool of node_modules to its end, on this Node, with the clone as its folder. */
export function runTool(root: string, script: string, args: readonly string[]): ToolRun {
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (result.error) throw result.error;
  return { exitCode: result.status ?? 1, output: `${result.stdout}${result.stderr}` };
}

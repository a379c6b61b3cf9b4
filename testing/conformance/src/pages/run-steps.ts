import { execFile } from 'node:child_process';

const STEP_END = '@@@ end of step';

/** The port that the pages speak of. */
export const PAGE_PORT = 8080;

/**
 * Runs the commands of all steps in one shell, as a reader would, and returns what each step printed, errors included. Where the
 * server listens on another port than the pages say, the port is replaced in the commands.
 */
export function runSteps(folder: string, steps: readonly string[], port: number): Promise<string[]> {
  const script = steps.map((commands) => `${commands.replaceAll(`:${PAGE_PORT}`, `:${port}`)}\necho '${STEP_END}'`).join('\n');
  const env = { ...process.env, AEROLITH_URL: `http://127.0.0.1:${port}` };
  return new Promise((resolve) => {
    const argv = ['-c', `exec 2>&1\n${script}`];
    execFile('bash', argv, { cwd: folder, env, maxBuffer: 64_000_000 }, (_error, stdout) =>
      resolve(stdout.split(`${STEP_END}\n`)),
    );
  });
}

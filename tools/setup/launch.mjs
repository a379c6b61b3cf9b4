import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Becomes the program where this Node can replace its own process (then signals, standard streams and the exit code are the
 * program's own); else runs it as a child, hands signals on and leaves with its exit code.
 *
 * @param {string} node path of the Node binary
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} env
 */
export function launch(node, argv, env) {
  if (typeof process.execve === 'function' && process.platform !== 'win32') process.execve(node, [node, ...argv], { ...env });
  else launchChild(node, argv, env);
}

/**
 * @param {string} node
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} env
 */
export function launchChild(node, argv, env) {
  const child = spawn(node, argv, { stdio: 'inherit', env });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Node.js at ${node} does not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupError } from './setup-error.mjs';

const UNREACHABLE =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/;

// Scripts of packages stay off: none is needed, and one of them reports to a third party.
const NPM_ARGS = [
  'ci',
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=500',
  '--fetch-retry-maxtimeout=3000',
];

/**
 * Installs what package-lock.json names, quietly.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export function install(root, env) {
  const npm = npmCommand(env);
  const result = spawnSync(npm.command, [...npm.args, ...NPM_ARGS], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: npm.shell,
  });
  if (result.error)
    throw new SetupError(
      `npm does not start (${result.error.message}). Install npm, which comes with Node.js, and run the same command again.`,
    );
  if (result.status !== 0) throw new SetupError(explain(`${result.stderr}${result.stdout}`));
}

/** npm says where it lives when it started us; it must run on its own Node, as ours may be replaced by the install. @param {NodeJS.ProcessEnv} env */
function npmCommand(env) {
  const script = env.npm_execpath;
  if (script !== undefined && /npm-cli\.c?js$/.test(script) && existsSync(script)) {
    return { command: env.npm_node_execpath ?? process.execPath, args: [script], shell: false };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** One sentence for what a person can mend. @param {string} output */
export function explain(output) {
  const code = UNREACHABLE.exec(output)?.[1];
  if (code !== undefined) {
    const address = /https?:\/\/[^/\s]+/.exec(output)?.[0];
    return `The npm registry cannot be reached (${address ? `${address}: ` : ''}${code}). Check the network or npm's proxy and registry settings, then run the same command again.`;
  }
  if (/\bENOSPC\b/.test(output))
    return 'The disk is full: the dependencies take about 500 MB. Make room, then run the same command again.';
  return `Installing the dependencies failed. npm says:\n${output.trim()}`;
}

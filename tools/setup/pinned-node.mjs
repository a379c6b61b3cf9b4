import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** The oldest major version that runs the sources as they are. */
export const NODE_MAJOR = 24;

/**
 * The Node that programs run on: the pinned one out of node_modules where its binary runs here, else the system's own where it is
 * new enough.
 *
 * @param {string} root
 * @param {{ platform?: string, arch?: string, version?: string, execPath?: string }} [system] stands in for this process in tests
 * @returns {string} path of the binary
 */
export function findNode(root, system = {}) {
  const {
    platform = process.platform,
    arch = process.arch,
    version = process.versions.node,
    execPath = process.execPath,
  } = system;
  const name = packageName(platform, arch);
  const pinned = pinnedVersion(root, name);
  if (pinned !== undefined) {
    const binary = binaryPath(root, name, platform);
    if (runs(binary, pinned)) return binary;
  }
  if (Number.parseInt(version, 10) >= NODE_MAJOR) return execPath;
  const why =
    pinned === undefined
      ? `There is no prebuilt Node.js ${NODE_MAJOR} for ${platform} ${arch}`
      : `The prebuilt Node.js ${pinned} does not run on this system`;
  throw new SetupError(
    `${why}, and this one is ${version}. Install Node.js ${NODE_MAJOR} or newer from https://nodejs.org and run the same command again.`,
  );
}

/** @param {string} platform @param {string} arch */
function packageName(platform, arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** @param {string} root @param {string} name @returns {string | undefined} */
function pinnedVersion(root, name) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies?.[name];
}

/** @param {string} root @param {string} name @param {string} platform */
function binaryPath(root, name, platform) {
  return join(root, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

/** Tries it: a binary made for glibc is there on musl too, and does not start. @param {string} binary @param {string} version */
function runs(binary, version) {
  if (!existsSync(binary)) return false;
  try {
    makeExecutable(binary);
    return (
      execFileSync(binary, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() === `v${version}`
    );
  } catch {
    return false;
  }
}

/** @param {string} binary */
function makeExecutable(binary) {
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    chmodSync(binary, 0o755);
  }
}

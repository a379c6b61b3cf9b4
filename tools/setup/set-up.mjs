import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { isInstalled } from './installed.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { findNode } from './pinned-node.mjs';

/**
 * Makes the clone ready to run and says which Node to run it on. When nothing changed since the last time, this reads two small files.
 *
 * @param {string} root
 * @param {{ env: NodeJS.ProcessEnv, say: (line: string) => void, system?: Parameters<typeof findNode>[1] }} surroundings
 * @returns {Promise<string>} path of the Node binary
 */
export async function setUp(root, { env, say, system }) {
  const stampFile = join(root, 'node_modules', '.aerolith-setup');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamped = readStamp(stampFile);
  if (stamped?.lock === lock && existsSync(stamped.node)) return stamped.node;
  if (!isInstalled(root)) {
    await oneAtATime(join(root, '.cache', 'setup.pid'), () => {
      if (isInstalled(root)) return;
      say('Installing dependencies (about 20 s, once) …');
      install(root, env);
    });
  }
  const node = findNode(root, system);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ lock, node }));
  return node;
}

/** @param {string} file @returns {{ lock: string, node: string } | undefined} */
function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

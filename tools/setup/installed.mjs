import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes down what it installed as its last step, so an install that
 * was cut short counts as none.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => !path.startsWith('node_modules/') || sameEntry(entry, present[path]));
}

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockEntry */

/** An optional package may be missing: most are for other platforms. @param {LockEntry} wanted @param {LockEntry | undefined} present */
function sameEntry(wanted, present) {
  if (present === undefined) return wanted.optional === true;
  return wanted.version === present.version && wanted.link === present.link;
}

/** @param {string} file @returns {Record<string, LockEntry> | undefined} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

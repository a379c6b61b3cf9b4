import { CliError, EXIT } from '../program/cli-error.ts';

/** The oldest major version of Node.js that runs the database; the other commands need less. */
const NODE_MAJOR = 24;

/** Throws `node_too_old` before modules are loaded that an older Node.js cannot read. */
export function assertNodeVersion(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= NODE_MAJOR) return;
  throw new CliError(
    'node_too_old',
    `The database needs Node.js ${NODE_MAJOR} or newer, and this is ${version}. Install it from https://nodejs.org, or into this folder with: npm install node@${NODE_MAJOR}`,
    EXIT.other,
    { version, needed: NODE_MAJOR },
  );
}

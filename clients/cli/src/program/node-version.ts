import { CliError, EXIT } from './cli-error.ts';

/** The oldest major version of Node.js that can read what the program is made of. */
const NODE_MAJOR = 24;

/** `node_too_old` where this Node.js is; undefined where it is new enough. */
export function nodeTooOld(version: string = process.versions.node): CliError | undefined {
  if (Number.parseInt(version, 10) >= NODE_MAJOR) return undefined;
  return new CliError(
    'node_too_old',
    `AerolithDB needs Node.js ${NODE_MAJOR} or newer, and this is ${version}. Install it from https://nodejs.org, or into this folder with: npm install node@${NODE_MAJOR}`,
    EXIT.other,
    { version, needed: NODE_MAJOR },
  );
}

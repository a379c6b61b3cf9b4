import { AerolithError } from '@aerolithdb/protocol';

/** The oldest major version of Node.js that the client and what it stands on run on. */
const NODE_MAJOR = 24;

/** Throws `node_too_old`. */
export function assertNode(version: string): void {
  if (Number.parseInt(version, 10) >= NODE_MAJOR) return;
  const message = `@aerolithdb/client needs Node.js ${NODE_MAJOR} or newer, and this is ${version}. Install it from https://nodejs.org.`;
  throw new AerolithError('node_too_old', message, { version, needed: NODE_MAJOR });
}

assertNode(process.versions.node);

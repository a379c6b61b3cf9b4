import type { Environment } from '../program/context.ts';

/** How the user calls this program: through npm in a clone, or by its name. */
export function programName(env: Environment): string {
  return env.npm_lifecycle_event === undefined ? 'aerolith' : 'npm run aerolith --';
}

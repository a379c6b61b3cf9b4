import type { Environment } from '../program/context.ts';

/** What npm calls the project itself, as opposed to a folder in which the command line is installed. */
const PROJECT = 'aerolithdb';

/** How the user calls this program: through npm in a clone, through npx where it is installed, or by its name. */
export function programName({ npm_lifecycle_event: event, npm_package_name: name }: Environment): string {
  if (event === undefined) return 'aerolith';
  return event !== 'npx' && name === PROJECT ? 'npm run aerolith --' : 'npx aerolith';
}

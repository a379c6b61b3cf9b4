import type { OptionSpec } from '../program/command-spec.ts';
import { assertNodeVersion } from './node-version.ts';

/** The options that the node declares, as flags. Throws `node_too_old` where the node cannot be loaded. */
export async function nodeOptionSpecs(): Promise<OptionSpec[]> {
  assertNodeVersion();
  const { OPTIONS } = await import('@aerolithdb/node');
  return Object.values(OPTIONS).map(({ flag, value, meaning, environment, defaultText }) => {
    const fallback = defaultText === undefined ? '' : `; default: ${defaultText}`;
    return { flags: `${flag} <${value}>`, description: `${meaning.replace(/\.$/, '')} (environment: ${environment}${fallback})` };
  });
}

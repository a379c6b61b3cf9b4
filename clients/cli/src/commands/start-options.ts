import type { OptionSpec } from '../program/command-spec.ts';

/** The options that the node declares, as flags. */
export async function nodeOptionSpecs(): Promise<OptionSpec[]> {
  const { OPTIONS } = await import('@aerolithdb/node');
  return Object.values(OPTIONS).map(({ flag, value, meaning, environment, defaultText }) => {
    const fallback = defaultText === undefined ? '' : `; default: ${defaultText}`;
    return { flags: `${flag} <${value}>`, description: `${meaning.replace(/\.$/, '')} (environment: ${environment}${fallback})` };
  });
}

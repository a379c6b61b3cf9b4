import type { OptionSpec } from '../program/command-spec.ts';
import type { Options } from '../program/options.ts';

/** The options that the node declares, as flags; those of these names, or all. */
export async function nodeOptionSpecs(names?: readonly string[]): Promise<OptionSpec[]> {
  const { OPTION_NAMES, OPTIONS } = await import('@aerolithdb/node');
  const chosen = OPTION_NAMES.filter((name) => names === undefined || names.includes(name)).map((name) => OPTIONS[name]);
  return chosen.map(({ flag, value, meaning, environment, defaultText }) => {
    const fallback = defaultText === undefined ? '' : `; default: ${defaultText}`;
    return { flags: `${flag} <${value}>`, description: `${meaning.replace(/\.$/, '')} (environment: ${environment}${fallback})` };
  });
}

/** What was given of them, by the names that the node gives them. */
export function nodeFlags(options: Options): Record<string, string> {
  return Object.fromEntries(options.texts().filter(([name]) => name !== 'json'));
}

import { isDeepStrictEqual } from 'node:util';
import { type NodeOptions, OPTION_NAMES, OPTIONS, type OptionName } from './options.ts';

/** What a running node did with new options. */
export type Reloaded = {
  /** Options whose new value holds from now on. */
  readonly taken: readonly OptionName[];
  /** Options that were changed and whose old value holds until the node is started anew. */
  readonly needRestart: readonly OptionName[];
};

/** Sorts what differs by whether a running node can take it over. */
export function compareOptions(running: NodeOptions, next: NodeOptions): Reloaded {
  const changed = OPTION_NAMES.filter((name) => name !== 'config' && !isDeepStrictEqual(running[name], next[name]));
  return {
    taken: changed.filter((name) => OPTIONS[name].reloadable),
    needRestart: changed.filter((name) => !OPTIONS[name].reloadable),
  };
}

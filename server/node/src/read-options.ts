import { NotImplemented } from '@aerolithdb/protocol';
import type { NodeOptions, OptionName } from './options.ts';

export type OptionSources = {
  /** Values of flags, by the names of `OPTIONS` (`readTimeoutMs`, not `--read-timeout-ms`). */
  readonly flags?: Partial<Record<OptionName, string | undefined>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/** Flags go before the environment, that before the configuration file, that before defaults. Throws `invalid_configuration`. */
export function readOptions(_sources: OptionSources): NodeOptions {
  throw new NotImplemented('readOptions');
}

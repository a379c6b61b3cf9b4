import { AerolithError, ERRORS, type ErrorCode } from '@aerolithdb/protocol';
import type { CallOptions } from './calls.ts';
import type { Link } from './link.ts';
import { pause } from './transport/backoff.ts';

/** Milliseconds between two looks at a build: at first, and at most. */
const PAUSE_MS = { first: 20, most: 500 } as const;

/**
 * Resolves when the index is built; at once for one that is ready or was dropped meanwhile. `timeoutMs` is for all of it; without one
 * it waits as long as the build takes. Throws what the build failed with, `timeout`, `unknown_collection`.
 */
export async function waitForIndex(link: Link, collection: string, name: string, options: CallOptions): Promise<void> {
  const end = options.timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + options.timeoutMs;
  for (let ms: number = PAUSE_MS.first; ; ms = Math.min(PAUSE_MS.most, 2 * ms)) {
    const { indexes } = await link.calls.run(options, (ending) => link.transport.collection(collection, ending));
    const build = indexes.find((index) => index.name === name)?.build;
    if (build === undefined) return;
    if (build.state === 'failed') throw buildFailed(name, build.error);
    if (performance.now() > end) throw new AerolithError('timeout', `The index "${name}" is still being built, and will be.`);
    await link.calls.run({ ...options, timeoutMs: undefined }, (ending) => pause(ms, ending.signal));
  }
}

function buildFailed(index: string, { code, message }: { readonly code: string; readonly message: string }): AerolithError {
  const known = Object.keys(ERRORS).find((name): name is ErrorCode => name === code) ?? 'internal';
  return new AerolithError(known, `The index "${index}" could not be built: ${message}`, { index });
}

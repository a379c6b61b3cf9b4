import type { Fetch } from './fetch.ts';

/** The `fetch` of the platform. Bundlers for browsers take this file in place of `default-fetch.ts`. */
export const defaultFetch: Fetch = (input, init) => globalThis.fetch(input, init);

import './node-version.ts';
import { Agent, request } from 'undici';
import type { Fetch, FetchAnswer } from './fetch.ts';
import { defaultFetch as globalFetch } from './global-fetch.ts';

/** Time limits are the caller's, who gives a signal. */
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/**
 * In Node. `fetch` there is a wrapper of undici that costs three times what undici itself does; a stream is rare and goes through it.
 */
export const defaultFetch: Fetch = async (input, init) => {
  const { method = 'GET', signal, body } = init;
  const headers = init.headers as Record<string, string>;
  if (headers.accept === 'text/event-stream') return globalFetch(input, init);
  const sent = { method, headers, body: body as string | null, signal: signal ?? null, dispatcher: agent } as const;
  return answerOf(await request(input, sent));
};

function answerOf({ statusCode, headers, body }: Awaited<ReturnType<typeof request>>): FetchAnswer {
  return {
    ok: statusCode >= 200 && statusCode < 300,
    status: statusCode,
    headers: { get: (name) => first(headers[name]) },
    body: null,
    text: () => body.text(),
  };
}

function first(value: string | string[] | undefined): string | null {
  return (typeof value === 'object' ? value[0] : value) ?? null;
}

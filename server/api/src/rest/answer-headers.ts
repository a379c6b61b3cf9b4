import type { IncomingMessage } from 'node:http';

type Options = { readonly cors: readonly string[]; readonly isSecure: boolean };

/** Seconds that browsers remember to come by TLS only. */
const STRICT_TRANSPORT_SECONDS = 31_536_000;

/** The function that gives the headers of every answer, as name, value, name, value … */
export function answerHeaders(options: Options): (request: IncomingMessage) => readonly string[] {
  const fixed = ['x-content-type-options', 'nosniff', 'cache-control', 'private, no-cache'];
  if (options.isSecure) fixed.push('strict-transport-security', `max-age=${STRICT_TRANSPORT_SECONDS}`);
  if (options.cors.length === 0) return () => fixed;
  return (request) => {
    const origin = allowedOrigin(request, options.cors);
    if (origin === undefined) return [...fixed, 'vary', 'origin'];
    return [
      ...fixed,
      'vary',
      'origin',
      'access-control-allow-origin',
      origin,
      'access-control-expose-headers',
      'etag, retry-after, aerolith-height',
    ];
  };
}

/** The origin of the request when browsers may call from it. */
export function allowedOrigin(request: IncomingMessage, cors: readonly string[]): string | undefined {
  const { origin } = request.headers;
  if (origin === undefined) return undefined;
  return cors.includes('*') || cors.includes(origin) ? origin : undefined;
}

/** What a browser is told that asks before a call from another origin. */
export function preflightHeaders(): readonly string[] {
  return [
    'access-control-allow-methods',
    'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers',
    'authorization, content-type, if-match, if-none-match, idempotency-key, last-event-id',
    'access-control-max-age',
    '600',
  ];
}

import { CliError, EXIT } from '../program/cli-error.ts';
import { type Query, queryBody } from './find-pages.ts';
import { collectionPath } from './paths.ts';
import type { RestClient } from './rest-client.ts';

/**
 * All documents of a query as the bytes of NDJSON, out of one state, as they come. Throws what `send` of the client throws, and
 * `unreachable` when the connection breaks before the last of them.
 */
export async function* findLines(client: RestClient, collection: string, query: Query, limit?: number): AsyncGenerator<Buffer> {
  const path = `${collectionPath(collection)}/find`;
  const body = queryBody(query, { limit: limit?.toString() });
  const answer = await client.open({ method: 'POST', path, body, accept: 'application/x-ndjson' });
  try {
    for await (const bytes of answer as AsyncIterable<Buffer>) yield bytes;
  } catch (cause) {
    const error = client.broken(cause);
    if (error.code !== 'unreachable') throw error;
    const message = `The connection to ${client.url} broke (${String(error.details.why)}) before the export was whole. Try again.`;
    throw new CliError(error.code, message, EXIT.unreachable, error.details);
  }
}

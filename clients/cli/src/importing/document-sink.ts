import { setTimeout as delay } from 'node:timers/promises';
import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import { CliError, EXIT } from '../program/cli-error.ts';
import { collectionPath } from '../remote/paths.ts';
import { refusal } from '../remote/refusal.ts';
import type { RestClient } from '../remote/rest-client.ts';

/** Where documents go. The same texts under the same command id are inserted once, however often they are sent. */
export interface DocumentSink {
  /** Inserts all, or none and throws a `CliError`. */
  all(texts: readonly string[], commandId: string): Promise<void>;
  /** Inserts each by itself: for each, in their order, why it was refused. `commandId` has at most 58 characters. */
  each(texts: readonly string[], commandId: string): Promise<readonly (CliError | undefined)[]>;
}

/** Codes after which the same batch may be sent again under its command id: it was not applied, or its answer was lost. */
const PASSING = new Set(['unreachable', 'overloaded', 'timeout', 'http_502', 'http_503', 'http_504']);

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** Inserts over REST. What passes by itself is tried again, with growing pauses, for `patienceMs` in all. */
export function restSink(client: RestClient, collection: string, patienceMs: number): DocumentSink {
  const post = (path: string, body: string, commandId: string) =>
    patiently(patienceMs, () =>
      client.send({ method: 'POST', path: `${collectionPath(collection)}/${path}`, body, commandId, uninterrupted: true }),
    );
  return {
    async all(texts, commandId) {
      await post('documents', `[${texts.join(',')}]`, commandId);
    },
    async each(texts, commandId) {
      const operations = texts.map((text) => `{"type":"insert","documents":[${text}]}`);
      const answer = await post('bulk', `{"ordered":false,"operations":[${operations.join(',')}]}`, commandId);
      return arraySlices(objectSlices(answer.text).get('results') ?? '[]').map(problemIn);
    },
  };
}

function problemIn(result: string): CliError | undefined {
  const members = objectSlices(result);
  return members.get('ok') === 'true' ? undefined : refusal(200, members.get('problem') ?? '{}', true);
}

async function patiently<T>(patienceMs: number, run: () => Promise<T>): Promise<T> {
  let pause = FIRST_PAUSE_MS;
  for (let waited = 0; ; waited += pause, pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof CliError) || !PASSING.has(error.code) || waited + pause > patienceMs) throw error;
      await delay(pause);
    }
  }
}

/** Codes that speak of one document of the batch: the others may still be inserted. */
const OF_A_DOCUMENT = new Set([
  'invalid_json',
  'duplicate_key',
  'invalid_field_name',
  'invalid_value',
  'too_deep',
  'document_too_large',
  'invalid_id',
  'duplicate_id',
  'duplicate_key_value',
  'index_key_too_large',
  'schema_violation',
]);

const OF_THE_SIZE = new Set(['batch_too_large', 'request_too_large', 'too_many_changes']);

export function isOfADocument(error: CliError): boolean {
  return error.exit === EXIT.refused && OF_A_DOCUMENT.has(error.code);
}

/** The batch as a whole is too large; a part of it may not be. */
export function isOfTheSize(error: CliError): boolean {
  return error.exit === EXIT.refused && OF_THE_SIZE.has(error.code);
}

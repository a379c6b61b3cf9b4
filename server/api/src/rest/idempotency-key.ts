import type { IncomingMessage } from 'node:http';
import { AerolithError } from '@aerolithdb/protocol';

const COMMAND_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/** The command id that a client chose with `Idempotency-Key`. Throws `invalid_request` when it is not one. */
export function idempotencyKey(request: IncomingMessage): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  if (typeof header === 'string' && COMMAND_ID.test(header)) return header;
  throw new AerolithError(
    'invalid_request',
    'Idempotency-Key must be 1 to 64 letters, digits or _ . : - characters, given once.',
    {
      header: 'Idempotency-Key',
    },
  );
}

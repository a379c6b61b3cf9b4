import type { ErrorCode } from '@aerolithdb/protocol';
import { type Endpoint, takesBody } from './endpoint.ts';

const ANY: readonly ErrorCode[] = ['invalid_request', 'timeout', 'overloaded', 'log_closed', 'internal'];
const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'forbidden'];
const WITH_BODY: readonly ErrorCode[] = [
  'invalid_json',
  'duplicate_key',
  'invalid_field_name',
  'invalid_value',
  'too_deep',
  'request_too_large',
  'unsupported_media_type',
];
const WRITING: readonly ErrorCode[] = ['invalid_command', 'command_id_reused', 'storage_full', 'storage_failed'];

/** Every code that an endpoint may answer with: its own first, then those that follow from what it is. */
export function endpointErrors(endpoint: Endpoint): readonly ErrorCode[] {
  return [
    ...new Set([
      ...endpoint.errors,
      ...(endpoint.role === 'none' ? [] : SIGNED_IN),
      ...(takesBody(endpoint) ? WITH_BODY : []),
      ...(endpoint.writes === true ? WRITING : []),
      ...(endpoint.role === 'none' ? [] : (['storage_corrupt'] as const)),
      ...ANY,
    ]),
  ];
}

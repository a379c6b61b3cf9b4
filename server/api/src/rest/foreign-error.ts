import { AerolithError } from '@aerolithdb/protocol';

/** What an error that is not ours says in our words: the errors of Fastify and of Node's parser. Others come back as they are. */
export function ownError(error: unknown): unknown {
  if (error instanceof AerolithError || !(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AerolithError(
        'request_too_large',
        'The request body is larger than this address takes; send the documents in smaller batches.',
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AerolithError(
        'unsupported_media_type',
        'The body must be JSON, with the header Content-Type: application/json.',
      );
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AerolithError('invalid_request', 'The body is not as long as its Content-Length says; send all of it.');
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new AerolithError(
        'invalid_request',
        'The address is malformed or a part of it is too long; URL-encode each part as UTF-8.',
      );
    case 'ECONNRESET':
    case 'ECONNABORTED':
      return new AerolithError('invalid_request', 'The client closed the connection before its request was complete.');
    default:
      return error;
  }
}

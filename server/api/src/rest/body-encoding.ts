import type { IncomingHttpHeaders } from 'node:http';
import { AerolithError } from '@aerolithdb/protocol';

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)"?/i;

/** US-ASCII is UTF-8 too. */
const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** A body must be plain UTF-8, or it would be misread. Throws `unsupported_media_type`. */
export function assertPlainBody(headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    const message = `The body is sent with Content-Encoding: ${shown(encoding)}, which is not taken; send it uncompressed, without that header.`;
    throw new AerolithError('unsupported_media_type', message, { header: 'content-encoding' });
  }
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !CHARSETS.has(charset.toLowerCase())) {
    const message = `The body is sent as charset=${shown(charset)}; JSON is taken as UTF-8 only: encode it so, and send Content-Type: application/json.`;
    throw new AerolithError('unsupported_media_type', message, { header: 'content-type' });
  }
}

function shown(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}

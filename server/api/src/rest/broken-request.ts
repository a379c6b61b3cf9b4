import type { Socket } from 'node:net';
import { PROBLEM_TYPE } from './problem.ts';

type Refusal = { readonly status: number; readonly phrase: string; readonly code: string; readonly detail: string };

/**
 * Answers what Node's HTTP parser could not read (malformed, header too large, too slow) on the bare socket, and closes it.
 * There is no request yet, so the problem goes out as bytes.
 */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(refusalText(refusal(error.code)));
  socket.destroy();
}

function refusal(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      status: 408,
      phrase: 'Request Timeout',
      code: 'timeout',
      detail: 'The request did not arrive in time; send it without pauses.',
    };
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const detail = 'The headers are larger than the limit; send fewer or shorter ones.';
    return { status: 431, phrase: 'Request Header Fields Too Large', code: 'request_too_large', detail };
  }
  return { status: 400, phrase: 'Bad Request', code: 'invalid_request', detail: 'The bytes are not an HTTP/1.1 request.' };
}

function refusalText({ status, phrase, code, detail }: Refusal): string {
  const body = JSON.stringify({ type: `urn:aerolithdb:error:${code}`, title: phrase, status, detail, code });
  return `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

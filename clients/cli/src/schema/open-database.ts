import { AerolithClient } from '@aerolithdb/client';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { findToken, serverUrl } from '../remote/credentials.ts';

/** An index over many documents is made in one command, and a node that restarts comes back. */
const LONGEST_CALL_MS = 3_600_000;
const RETRY_FOR_MS = 60_000;

/** The database that the options name. It connects when it is first used. */
export function openDatabase(context: Context, options: Options): AerolithClient {
  const token = findToken(options.text('tokenFile'), context.env);
  return new AerolithClient(serverUrl(options.text('url'), context.env), {
    token,
    timeoutMs: LONGEST_CALL_MS,
    attemptTimeoutMs: LONGEST_CALL_MS,
    retryForMs: RETRY_FOR_MS,
  });
}

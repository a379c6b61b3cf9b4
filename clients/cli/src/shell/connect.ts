import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AerolithClient, AerolithError, type DatabaseOptions, type Status, type Transport } from '@aerolithdb/client';
import { CliError, EXIT, usageError } from '../program/cli-error.ts';
import type { Environment } from '../program/context.ts';
import { findToken, serverUrl } from '../remote/credentials.ts';
import { refusal } from '../remote/refusal.ts';
import { openFolder } from './open-folder.ts';
import type { Connection } from './session.ts';
import { ShellTransport } from './shell-transport.ts';

export type Where = {
  readonly url: string | undefined;
  readonly tokenFile: string | undefined;
  /** A folder to open in this process, in place of a server. */
  readonly data: string | undefined;
  readonly env: Environment;
};

/** How long a server is asked for again: a person waits at a prompt. */
const RETRY_MS = 2_000;

/** Connects and asks for the state once. Throws a `CliError` that says what to do: `unreachable`, `unauthenticated`, `data_in_use` and others. */
export async function connect(where: Where): Promise<{ readonly connection: Connection; readonly status: Status }> {
  let transport: ShellTransport | undefined;
  const around = (inner: Transport) => {
    transport = new ShellTransport(inner);
    return transport;
  };
  const { database, place, hasToken } = where.data === undefined ? remote(where, around) : await local(where.data, around);
  if (transport === undefined) throw new Error('The client did not take the way around it.');
  try {
    const status = await transport.status({ signal: AbortSignal.timeout(30_000) });
    return { connection: { database, transport, place }, status };
  } catch (error) {
    await database.close();
    throw unconnected(error, place, hasToken);
  }
}

function remote({ url, tokenFile, env }: Where, around: DatabaseOptions['around']) {
  const address = serverUrl(url, env);
  const token = findToken(tokenFile, env);
  const database = new AerolithClient(address, { token, around, retryForMs: RETRY_MS });
  return { database, place: address.origin + address.pathname.replace(/\/$/, ''), hasToken: token !== undefined };
}

/** Opens what is there: a mistyped folder must not become an empty database. */
async function local(folder: string, around: DatabaseOptions['around']) {
  if (!existsSync(join(folder, 'aerolith.db')))
    throw usageError(
      `${folder} holds no database; name the data folder of a node, or begin one with "aerolith start --data ${folder}".`,
    );
  const database = await openFolder(folder, { around });
  return { database, place: database.folder, hasToken: true };
}

function unconnected(error: unknown, place: string, hasToken: boolean): unknown {
  if (!(error instanceof AerolithError)) return error;
  if (error.code === 'unauthenticated')
    return refusal(401, JSON.stringify({ code: error.code, detail: error.message }), hasToken);
  if (error.code !== 'unreachable') return error;
  const why = typeof error.details.why === 'string' ? ` (${error.details.why})` : '';
  const sentence = `No server answers at ${place}${why}; start one with "aerolith start", name another with --url, or open a folder with --data.`;
  return new CliError('unreachable', sentence, EXIT.unreachable, { url: place, ...error.details });
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../program/cli-error.ts';
import type { Environment } from '../program/context.ts';

export const DEFAULT_URL = 'http://127.0.0.1:8080';

const DEFAULT_TOKEN_FILE = join('aerolith-data', 'admin.key');

/** The server's address: `--url`, `AEROLITH_URL`, or the default one. Throws a usage error when it is not an http URL. */
export function serverUrl(option: string | undefined, env: Environment): URL {
  const text = option ?? env.AEROLITH_URL ?? DEFAULT_URL;
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw usageError(`The address of the server must look like ${DEFAULT_URL}, not "${text}".`, { url: text });
}

/**
 * The token: out of `--token-file`, `AEROLITH_TOKEN`, the file `AEROLITH_TOKEN_FILE` names, or `./aerolith-data/admin.key`
 * when that exists. Undefined when there is none: the server then says what it thinks of that.
 */
export function findToken(option: string | undefined, env: Environment): string | undefined {
  if (option !== undefined) return readToken(option);
  if (env.AEROLITH_TOKEN) return env.AEROLITH_TOKEN.trim();
  if (env.AEROLITH_TOKEN_FILE) return readToken(env.AEROLITH_TOKEN_FILE);
  return existsSync(DEFAULT_TOKEN_FILE) ? readToken(DEFAULT_TOKEN_FILE) : undefined;
}

function readToken(file: string): string {
  const token = readTokenFile(file).trim();
  if (/^[\x21-\x7e]{1,1024}$/.test(token)) return token;
  throw usageError(`${file} does not hold a token: a token is one word without spaces.`, { file });
}

function readTokenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw usageError(`The token file ${file} cannot be read (${why}); name another with --token-file.`, { file, why });
  }
}

import { chmod, mkdir, open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../../program/context.ts';

/** Lines that are kept. */
export const HISTORY_LINES = 1_000;

/** `shell-history` in the user's folder for settings; the environment can move that folder. */
export function historyPath(env: Environment, platform: string = process.platform): string {
  const base = platform === 'win32' ? env.APPDATA : env.XDG_CONFIG_HOME;
  return join(base || join(env.HOME || homedir(), '.config'), 'aerolith', 'shell-history');
}

/** Makes the file when there is none, readable by its owner alone. Gives why it cannot be used, in a sentence. */
export async function prepareHistory(path: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    await file.close();
    await chmod(path, 0o600);
    return undefined;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `What you type is not kept: ${path} cannot be written (${why}).`;
  }
}

const SECRET = /passw(or)?d|passphrase|secret|token|api_?key|authorization|bearer|aero_[A-Za-z0-9]|private_?key/i;

/** What stands in the history in place of a line that may hold a secret. */
export const NOT_KEPT = '// not kept: it may hold a secret';

/** Replaces entries that speak of passwords, tokens or other secrets. The entries stay as many as they were: readline counts on that. */
export function withoutSecrets(history: string[]): void {
  for (const [index, line] of history.entries()) if (SECRET.test(line)) history[index] = NOT_KEPT;
}

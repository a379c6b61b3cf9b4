import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const LEFT_OUT = new Set(['.git', 'aerolith-data']);

/** A new folder in which everything of the project stands as links, so that `npm start` works in it and makes its data there. */
export function cloneOfLinks(folder = mkdtempSync(join(tmpdir(), 'aerolith-tour-'))): string {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(root)) if (!LEFT_OUT.has(entry)) symlinkSync(join(root, entry), join(folder, entry));
  return folder;
}

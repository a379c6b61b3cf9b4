import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the entries of a folder durable. Windows opens no folder, and keeps their entries by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

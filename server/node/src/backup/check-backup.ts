import { open } from 'node:fs/promises';
import { type About, BackupReader, type Totals } from '@aerolithdb/engine/backup';

/** A backup of which every byte has been checked. */
export type CheckedBackup = { readonly name: string; readonly file: string; readonly about: About; readonly totals: Totals };

export type ReadingOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Told of each piece that was read. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
};

const PIECE_BYTES = 1_048_576;

/**
 * Checks every part of a backup, and that it has its end. `name` is what errors call it.
 * Throws `backup_foreign`, `backup_newer`, `backup_damaged`, and what the file system throws.
 */
export async function checkBackup(
  file: string,
  options: ReadingOptions & { readonly name?: string } = {},
): Promise<CheckedBackup> {
  const name = options.name ?? file;
  const reader = new BackupReader({ name });
  for await (const piece of piecesOf(file, options)) for (const _part of reader.read(piece));
  return { name, file, ...reader.end() };
}

/** The bytes of a file, piece by piece; each piece is valid until the next one is asked for. */
export async function* piecesOf(file: string, { signal, onBytes }: ReadingOptions): AsyncGenerator<Buffer, void, void> {
  const handle = await open(file, 'r');
  try {
    const memory = Buffer.allocUnsafe(PIECE_BYTES);
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(memory, 0, PIECE_BYTES, null);
      if (bytesRead === 0) return;
      onBytes?.(bytesRead);
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

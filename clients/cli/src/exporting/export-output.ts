import { open, realpath, stat } from 'node:fs/promises';
import { PartFile } from '../files/part-file.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Where an export goes. */
export type ExportOutput = {
  /** Waits while its reader is slower than we are. */
  write(bytes: Buffer): Promise<void>;
  /** It is whole. */
  complete(): Promise<void>;
  /** Takes back what was not completed, where that can be. */
  discard(): Promise<void>;
};

const nothing = async (): Promise<void> => undefined;

/** `-` is standard output. A file has its name, and replaces one of that name, only once it is whole; a pipe or a device takes what comes. */
export async function openExportOutput(terminal: Terminal, file: string): Promise<ExportOutput> {
  if (file === '-') return { write: (bytes) => terminal.out(bytes), complete: nothing, discard: nothing };
  const before = await stat(file).catch(noFile);
  if (before !== undefined && !before.isFile()) return openDevice(file);
  // A link stays a link.
  const part = new PartFile(before === undefined ? file : await realpath(file), before?.mode);
  return {
    write: async (bytes) => part.write(bytes),
    complete: async () => part.complete({ durable: false }),
    discard: async () => part.discard(),
  };
}

async function openDevice(file: string): Promise<ExportOutput> {
  const handle = await open(file, 'w');
  const write = async (bytes: Buffer) => {
    for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten;
  };
  return { write, complete: nothing, discard: () => handle.close() };
}

function noFile(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

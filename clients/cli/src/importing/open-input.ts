import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { usageError } from '../program/cli-error.ts';

export type Input = {
  /** The first piece, which is also the first of `bytes`. */
  readonly beginning: Buffer;
  readonly bytes: AsyncIterable<Buffer>;
  /** Size in bytes, when it is known before the end. */
  readonly size: number | undefined;
};

const CHUNK_BYTES = 256 * 1024;

/** Opens a file, or standard input for `-`. */
export async function openInput(name: string, stdin: NodeJS.ReadStream): Promise<Input> {
  if (name !== '-') {
    const figures = await stat(name);
    if (figures.isDirectory()) throw usageError(`${name} is a folder; name a file.`);
    return await peeked(createReadStream(name, { highWaterMark: CHUNK_BYTES }), figures.isFile() ? figures.size : undefined);
  }
  if (stdin.isTTY) throw usageError('There is nothing on standard input; name a file, or send documents in through a pipe.');
  return await peeked(stdin, undefined);
}

async function peeked(source: AsyncIterable<Buffer>, size: number | undefined): Promise<Input> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  const beginning = first.done === true ? Buffer.alloc(0) : first.value;
  async function* bytes(): AsyncIterable<Buffer> {
    if (beginning.length > 0) yield beginning;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { beginning, bytes: bytes(), size };
}

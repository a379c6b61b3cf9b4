const LINE_FEED = 0x0a;

/** The lines that end in these bytes. */
export function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

/** Lines of UTF-8, `size` at a time; the last batch has what is left. Each line ends in a line feed, which is not part of it. */
export async function* lineBatches(bytes: AsyncIterable<Buffer>, size: number): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let [rest, batch] = ['', [] as string[]];
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      batch.push(line);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

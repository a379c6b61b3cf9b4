const LINE_FEED = 0x0a;
const FOUR_LINE_FEEDS = 0x0a0a0a0a;

/**
 * The lines that end in these bytes. Four bytes at a time: a word without a line feed costs one test ("determine if a word has a zero byte",
 * S. E. Anderson, Bit Twiddling Hacks; the form without false finds).
 */
export function countLines(bytes: Buffer): number {
  if (bytes.length < 8) return countIn(bytes, 0, bytes.length);
  const head = -bytes.byteOffset & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >> 2);
  let lines = countIn(bytes, 0, head) + countIn(bytes, head + words.length * 4, bytes.length);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]! ^ FOUR_LINE_FEEDS;
    const zeros = ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f);
    if (zeros !== 0) lines += (zeros >>> 31) + ((zeros >>> 23) & 1) + ((zeros >>> 15) & 1) + ((zeros >>> 7) & 1);
  }
  return lines;
}

function countIn(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) if (bytes[at] === LINE_FEED) lines += 1;
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

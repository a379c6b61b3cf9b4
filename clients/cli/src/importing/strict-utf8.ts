import { CliError, EXIT } from '../program/cli-error.ts';

/** Bytes as text, in pieces. Throws `invalid_json` when they are not UTF-8: nothing is replaced behind the user's back. */
export async function* strictUtf8(input: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const chunk of input) {
    yield decode(() => decoder.decode(chunk, { stream: true }), bytes);
    bytes += chunk.length;
  }
  yield decode(() => decoder.decode(), bytes);
}

function decode(run: () => string, bytes: number): string {
  try {
    return run();
  } catch (cause) {
    const message = `The input is not UTF-8 (in the piece after byte ${bytes}); convert it first, for instance with iconv.`;
    throw new CliError('invalid_json', message, EXIT.other, { bytes, cause: String(cause) });
  }
}

/** One event of a stream (WHATWG HTML, section 9.2.6). */
export type StreamEvent = { readonly event: string; readonly data: string };

/**
 * The events of a `text/event-stream` body, and undefined for each sign of life between them. A chunk is asked for only when what
 * came before is used up. An event that the end of the body cuts off is not given.
 */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent | undefined, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  let event = 'message';
  let data: string[] = [];
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.map(withoutReturn)) {
      if (line.startsWith('event:')) event = fieldValue(line);
      else if (line.startsWith('data:')) data.push(fieldValue(line));
      else if (line === '') {
        if (data.length > 0) yield { event, data: data.join('\n') };
        event = 'message';
        data = [];
      }
    }
    yield undefined;
  }
}

function fieldValue(line: string): string {
  return line.slice(line.indexOf(':') + 1).replace(/^ /, '');
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** One event of a stream (WHATWG HTML, section 9.2.6): its `id`, its kind and its data. */
export type StreamEvent = { readonly id: string | undefined; readonly event: string; readonly data: string };

/** The events of a `text/event-stream` body. Ends with the body; an event that the end cuts off is not given. */
export async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let fields = new Map<string, string>();
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trimEnd() !== '') addField(fields, line.replace(/\r$/, ''));
      else {
        const data = fields.get('data');
        if (data !== undefined) yield { id: fields.get('id'), event: fields.get('event') ?? 'message', data };
        fields = new Map();
      }
    }
  }
}

/** A line that begins with a colon is a comment: a sign of life. */
function addField(fields: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  const before = name === 'data' ? fields.get('data') : undefined;
  fields.set(name, before === undefined ? value : `${before}\n${value}`);
}

import type { RestNode } from './rest-node.ts';

export type ServerEvent = { readonly id?: string; readonly event?: string; readonly data: string };

/** Reads Server-Sent Events from a node. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #abort: AbortController;
  #text = '';
  #all = '';

  private constructor(reader: ReadableStreamDefaultReader<string>, abort: AbortController) {
    this.#reader = reader;
    this.#abort = abort;
  }

  static async open(node: RestNode, path: string, headers: Record<string, string> = {}): Promise<EventReader> {
    const abort = new AbortController();
    const response = await fetch(`${node.server.url}${path}`, {
      headers: { authorization: `Bearer ${node.token}`, accept: 'text/event-stream', ...headers },
      signal: abort.signal,
    });
    if (response.status !== 200) throw new Error(await response.text());
    return new EventReader(response.body!.pipeThrough(new TextDecoderStream()).getReader(), abort);
  }

  /** The next `count` events. */
  async take(count: number): Promise<ServerEvent[]> {
    const events: ServerEvent[] = [];
    while (events.length < count) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        if (!(await this.#more())) throw new Error(`The stream ended after ${events.length} events.`);
        continue;
      }
      const event = parseEvent(this.#text.slice(0, end));
      this.#text = this.#text.slice(end + 2);
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  /** Reads on until all that has come passes the test. */
  async until(test: (all: string) => boolean): Promise<void> {
    while (!test(this.#all)) if (!(await this.#more())) throw new Error('The stream ended.');
  }

  /** Reads on until the server ends the stream. */
  async ended(): Promise<void> {
    while (await this.#more());
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    this.#text += value;
    this.#all += value;
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
    await this.#reader.cancel().catch(() => undefined);
  }
}

function parseEvent(text: string): ServerEvent | undefined {
  const fields = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  const data = fields.get('data');
  if (data === undefined) return undefined;
  const id = fields.get('id');
  const event = fields.get('event');
  return { data, ...(id === undefined ? {} : { id }), ...(event === undefined ? {} : { event }) };
}

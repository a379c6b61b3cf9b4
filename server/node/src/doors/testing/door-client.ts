import { Agent, request as httpRequest } from 'node:http';

export type Answer = { readonly status: number; readonly text: string };

export type SendOptions = { readonly body?: unknown; readonly authorization?: string };

/** One connection to a node, and so to one of its doors. */
export class DoorClient {
  readonly #url: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  send(method: string, path: string, { body, authorization = `Bearer ${this.#token}` }: SendOptions = {}): Promise<Answer> {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = { authorization, ...type };
    const sent = httpRequest(`${this.#url}${path}`, { method, agent: this.#agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  /** What the door of this connection has of its own: command ids that it makes begin with it. */
  async door(): Promise<string> {
    const { text } = await this.send('PATCH', '/v1/collections/c', { body: {} });
    const id = /"commandId":"(\w+)-/.exec(text)?.[1];
    if (id === undefined) throw new Error(text);
    return id;
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** One connection to each of so many doors. The system deals connections out by chance. */
export async function clientsOfDoors(url: string, token: string, doors: number): Promise<DoorClient[]> {
  const found = new Map<string, DoorClient>();
  while (found.size < doors) {
    const client = new DoorClient(url, token);
    const door = await client.door();
    if (found.has(door)) client[Symbol.dispose]();
    else found.set(door, client);
  }
  return [...found.values()];
}

/** The part of `fetch` that the client uses, which the global one and others fulfil. */
export type Fetch = (input: string, init: RequestInit) => Promise<FetchAnswer>;

/** The part of a `Response`. */
export type FetchAnswer = {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
  text(): Promise<string>;
};

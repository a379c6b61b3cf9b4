import type { ChangeText, CollectionInfo, Ending, Status, Transport, WatchRequest, Written } from '@aerolithdb/client';
import type { AggregateRequest, CountRequest, FindRequest, Operation, ReadAnswer, ReadRequest } from '@aerolithdb/protocol';

/** A query, and how long its answer took. */
export type LastQuery = {
  readonly request: ReadRequest;
  readonly ms: number;
  /** Documents or values that came. */
  readonly answer: ReadAnswer;
};

/** Stands around the way to the database: ends calls when Ctrl-C is pressed, and remembers the last query for `.profile`. */
export class ShellTransport implements Transport {
  /** The way itself, for what no key ends and nobody asks about. */
  readonly inner: Transport;
  #stop: AbortSignal | undefined;
  #last: LastQuery | undefined;
  #bySmallPages = false;
  #writes = 0;

  constructor(inner: Transport) {
    this.inner = inner;
  }

  get last(): LastQuery | undefined {
    return this.#last;
  }

  /** Whether a write has been sent and not answered. */
  get isWriting(): boolean {
    return this.#writes > 0;
  }

  /** Calls from now on end when this signal is aborted. */
  stopBy(signal: AbortSignal): void {
    this.#stop = signal;
  }

  /** Queries of the work fetch pages of the server's own size, also where the client would ask for all: for what is shown page by page. */
  async bySmallPages<T>(work: () => Promise<T>): Promise<T> {
    this.#bySmallPages = true;
    try {
      return await work();
    } finally {
      this.#bySmallPages = false;
    }
  }

  async read(request: ReadRequest, ending: Ending): Promise<ReadAnswer> {
    const sent = this.#bySmallPages ? inUsualPages(request) : request;
    const begun = performance.now();
    const answer = await this.inner.read(sent, this.#endingOf(ending));
    if (!('explain' in request)) this.#last = { request: sent, ms: performance.now() - begun, answer };
    return answer;
  }

  async write(operation: Operation, commandId: string, ending: Ending): Promise<Written> {
    this.#writes += 1;
    try {
      return await this.inner.write(operation, commandId, this.#endingOf(ending));
    } finally {
      this.#writes -= 1;
    }
  }

  watch(request: WatchRequest, signal: AbortSignal): AsyncIterable<ChangeText> {
    return this.inner.watch(request, this.#with(signal));
  }

  collections(ending: Ending): Promise<readonly CollectionInfo[]> {
    return this.inner.collections(this.#endingOf(ending));
  }

  collection(name: string, ending: Ending): Promise<CollectionInfo> {
    return this.inner.collection(name, this.#endingOf(ending));
  }

  status(ending: Ending): Promise<Status> {
    return this.inner.status(this.#endingOf(ending));
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  toString(): string {
    return this.inner.toString();
  }

  /** The signal of a call is made only when the way asks for it. */
  #endingOf(ending: Ending): Ending {
    const signal = () => this.#with(ending.signal);
    return {
      get signal() {
        return signal();
      },
    };
  }

  #with(signal: AbortSignal): AbortSignal {
    return this.#stop === undefined ? signal : AbortSignal.any([signal, this.#stop]);
  }
}

function inUsualPages(request: ReadRequest): ReadRequest {
  if (request.kind !== 'find') return request;
  const { batchSize: _batchSize, ...rest } = request;
  return rest;
}

export function isExplainable(request: ReadRequest): request is FindRequest | CountRequest | AggregateRequest {
  return request.kind === 'find' || request.kind === 'count' || request.kind === 'aggregate';
}

import { asCliError, CliError } from '../program/cli-error.ts';
import type { Batch, Prepared } from './batch.ts';
import { type DocumentSink, isOfADocument, isOfTheSize } from './document-sink.ts';

export type Rejection = { readonly document: Prepared; readonly error: CliError };

export type WriterOptions = {
  readonly sink: DocumentSink;
  /** Batches under way at once. */
  readonly inFlight: number;
  /** Prefix of the command ids of this run, at most 32 characters. */
  readonly run: string;
  /** Whether the good documents of a batch are inserted when others in it are refused. */
  readonly isolate: boolean;
  readonly onWritten: (count: number) => void;
  readonly onRejected: (rejection: Rejection) => void;
};

/** Sends batches, a few at a time. `send` waits while enough are under way: that is the back-pressure on the reader. */
export class BatchWriter {
  readonly #options: WriterOptions;
  readonly #underway = new Set<Promise<void>>();
  #failure: CliError | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** The first error that ended the run. */
  get failure(): CliError | undefined {
    return this.#failure;
  }

  async send(batch: Batch): Promise<void> {
    while (this.#underway.size >= this.#options.inFlight) await Promise.race(this.#underway);
    if (this.#failure !== undefined) return;
    const sending = this.#insert(batch.documents, `${this.#options.run}-${batch.number}`).catch((error: unknown) => {
      this.#failure ??= asCliError(error);
    });
    const done = sending.finally(() => this.#underway.delete(done));
    this.#underway.add(done);
  }

  /** Resolves when nothing is under way. */
  async drain(): Promise<void> {
    await Promise.all(this.#underway);
  }

  async #insert(documents: readonly Prepared[], commandId: string): Promise<void> {
    try {
      await this.#options.sink.all(textsOf(documents), commandId);
      this.#options.onWritten(documents.length);
    } catch (thrown) {
      const error = asCliError(thrown);
      if (isOfTheSize(error) && documents.length > 1) await this.#insertHalves(documents, commandId);
      else if (isOfADocument(error) && this.#options.isolate) await this.#insertEach(documents, `${commandId}.each`);
      else throw located(error, documents);
    }
  }

  /** Each half has a command id of its own, made of the whole's, so that it too can be sent again. */
  async #insertHalves(documents: readonly Prepared[], commandId: string): Promise<void> {
    const middle = Math.ceil(documents.length / 2);
    await this.#insert(documents.slice(0, middle), `${commandId}a`);
    await this.#insert(documents.slice(middle), `${commandId}b`);
  }

  async #insertEach(documents: readonly Prepared[], commandId: string): Promise<void> {
    const refusals = await this.#options.sink.each(textsOf(documents), commandId);
    this.#options.onWritten(documents.filter((_, index) => refusals[index] === undefined).length);
    documents.forEach((document, index) => {
      const error = refusals[index];
      if (error === undefined) return;
      if (!isOfADocument(error)) throw located(error, [document]);
      this.#options.onRejected({ document, error });
    });
  }
}

function textsOf(documents: readonly Prepared[]): string[] {
  return documents.map((document) => document.text);
}

/** The error with the lines it speaks of. */
function located(error: CliError, documents: readonly Prepared[]): CliError {
  const index = error.details.index;
  const exact = typeof index === 'number' ? documents[index] : documents.length === 1 ? documents[0] : undefined;
  const first = documents[0]?.source.line;
  const last = documents.at(-1)?.source.line;
  if (!isOfADocument(error) || first === undefined) return error;
  const where = exact === undefined ? `Lines ${first} to ${last}` : `Line ${exact.source.line}`;
  const details = { ...error.details, line: exact?.source.line ?? first };
  return new CliError(error.code, `${where}: ${error.message}`, error.exit, details);
}

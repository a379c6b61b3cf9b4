import { AerolithError } from '@aerolithdb/protocol';
import { CliError, EXIT } from '../program/cli-error.ts';
import { ObjectIdSource } from '../remote/object-id-source.ts';
import { type Batch, Batcher } from './batch.ts';
import { BatchWriter } from './batch-writer.ts';
import type { DocumentSink } from './document-sink.ts';
import { prepareDocument } from './prepare-document.ts';
import type { RecordGroup, SourceRecord } from './record.ts';

export type BadRecord = { readonly record: SourceRecord; readonly code: string; readonly message: string };

export type ImportOptions = {
  readonly sink: DocumentSink;
  readonly inFlight: number;
  readonly run: string;
  readonly idField?: string;
  /** What to do with a record that cannot be inserted; absent: the run ends. It may wait, for instance for a file. */
  readonly onBad?: (bad: BadRecord) => Promise<void>;
  /** Called often: documents written and bytes of input read so far. */
  readonly onProgress: (written: number, bytesRead: number) => void;
  /** Ends the run cleanly: what is under way is finished and counted. */
  readonly signal: AbortSignal;
};

/** `failure` is what ended the run early; `interrupted` that the signal did. What is counted as written is durable. */
export type ImportResult = {
  readonly written: number;
  readonly bad: number;
  readonly failure?: CliError;
  readonly interrupted: boolean;
};

/** Reads records, checks them, and inserts them in batches. Never throws for what the data or the server did. */
export async function importDocuments(groups: AsyncIterable<RecordGroup>, options: ImportOptions): Promise<ImportResult> {
  return await new Run(options).go(groups);
}

class Run {
  readonly #options: ImportOptions;
  readonly #writer: BatchWriter;
  readonly #batcher = new Batcher();
  readonly #ids = new ObjectIdSource();
  readonly #waiting: Promise<void>[] = [];
  #written = 0;
  #bad = 0;
  #bytesRead = 0;

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#writer = new BatchWriter({
      sink: options.sink,
      inFlight: options.inFlight,
      run: options.run,
      isolate: options.onBad !== undefined,
      onWritten: (count) => {
        this.#written += count;
        this.#tell();
      },
      onRejected: ({ document, error }) => {
        this.#waiting.push(this.#reject({ record: document.source, code: error.code, message: error.message }));
      },
    });
  }

  async go(groups: AsyncIterable<RecordGroup>): Promise<ImportResult> {
    const failure = await this.#read(groups);
    const last = this.#isOver ? undefined : this.#batcher.take();
    if (last !== undefined) await this.#writer.send(last);
    await this.#writer.drain();
    await Promise.all(this.#waiting);
    const ended = failure ?? this.#writer.failure;
    return {
      written: this.#written,
      bad: this.#bad,
      interrupted: this.#options.signal.aborted,
      ...(ended === undefined ? {} : { failure: ended }),
    };
  }

  get #isOver(): boolean {
    return this.#options.signal.aborted || this.#writer.failure !== undefined;
  }

  /** Takes records until their end, a failure, or the signal. */
  async #read(groups: AsyncIterable<RecordGroup>): Promise<CliError | undefined> {
    try {
      for await (const group of groups) {
        this.#bytesRead = group.bytesRead;
        for (const record of group.records) {
          if (this.#isOver) return undefined;
          await this.#take(record);
        }
        this.#tell();
      }
      return undefined;
    } catch (error) {
      if (error instanceof CliError) return error;
      if (error instanceof RangeError) return new CliError('document_too_large', error.message, EXIT.other);
      throw error;
    }
  }

  async #take(record: SourceRecord): Promise<void> {
    const batch = this.#prepare(record);
    if (batch instanceof AerolithError) await this.#reject({ record, code: batch.code, message: placed(batch.message, record) });
    else if (batch !== undefined) await this.#writer.send(batch);
  }

  #prepare(record: SourceRecord): Batch | undefined | AerolithError {
    try {
      const { problem } = record;
      if (problem !== undefined) return new AerolithError(problem.code, problem.message);
      return this.#batcher.add(prepareDocument(record.text, this.#ids, this.#options.idField), record);
    } catch (error) {
      if (error instanceof AerolithError) return error;
      throw error;
    }
  }

  /** Hands a bad record on, or ends the run with it. */
  async #reject(bad: BadRecord): Promise<void> {
    if (this.#options.onBad === undefined) {
      throw new CliError(bad.code, `Line ${bad.record.line}: ${bad.message}`, EXIT.other, { line: bad.record.line });
    }
    this.#bad += 1;
    await this.#options.onBad(bad);
  }

  #tell(): void {
    this.#options.onProgress(this.#written, this.#bytesRead);
  }
}

/** A record on one line is named by its own line: the parser's "line 1" would only confuse. */
function placed(message: string, record: SourceRecord): string {
  return record.text.includes('\n') ? message : message.replace('(line 1, column', '(column');
}

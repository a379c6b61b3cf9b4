import { AerolithError, type Transport } from '@aerolithdb/client';
import { parseDocument, toStored } from '@aerolithdb/protocol';
import type { DocumentSink } from '../importing/document-sink.ts';
import { CliError, EXIT } from '../program/cli-error.ts';

/** How long one batch may take with all that is tried again. */
const BATCH_MS = 120_000;

/** Inserts through the client, wherever the database runs. A batch under way is not ended, so that what is counted is written. */
export function transportSink(transport: Transport, collection: string): DocumentSink {
  const insert = async (texts: readonly string[], commandId: string) => {
    const documents = texts.map((text) => toStored(parseDocument(text)));
    try {
      await transport.write({ type: 'insert', collection, documents }, commandId, { signal: AbortSignal.timeout(BATCH_MS) });
    } catch (error) {
      if (error instanceof AerolithError) throw new CliError(error.code, error.message, EXIT.refused, error.details);
      throw error;
    }
  };
  return {
    all: insert,
    async each(texts, commandId) {
      const refused: (CliError | undefined)[] = [];
      for (const [index, text] of texts.entries()) refused.push(await outcome(insert([text], `${commandId}-${index}`)));
      return refused;
    },
  };
}

async function outcome(inserted: Promise<void>): Promise<CliError | undefined> {
  try {
    await inserted;
    return undefined;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}

import type { Transport } from '@aerolithdb/client';
import { AerolithError, type Document, isDocument, parseValue, type Value } from '@aerolithdb/protocol';

/** How long names are taken for current. */
const COLLECTIONS_MS = 3_000;
const FIELDS_MS = 60_000;
/** How long Tab waits for the server. */
const PATIENCE_MS = 1_000;
const SAMPLE_DOCUMENTS = 100;
const DEEPEST = 5;

type Kept = { readonly at: number; readonly names: Promise<readonly string[]> };

/** Names of collections, and of fields as a sample of the documents has them. What cannot be learned now is empty. */
export class DataNames {
  readonly #transport: Transport;
  readonly #kept = new Map<string, Kept>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  collections(): Promise<readonly string[]> {
    return this.#learn('', COLLECTIONS_MS, async (signal) =>
      (await this.#transport.collections({ signal })).map(({ name }) => name),
    );
  }

  /** Dotted paths, in the order they are met. */
  fields(collection: string): Promise<readonly string[]> {
    return this.#learn(collection, FIELDS_MS, async (signal) => {
      const request = { kind: 'find', collection, limit: SAMPLE_DOCUMENTS } as const;
      const { text = '[]' } = await this.#transport.read(request, { signal });
      return pathsOf(parseValue(text));
    });
  }

  #learn(key: string, freshMs: number, ask: (signal: AbortSignal) => Promise<readonly string[]>): Promise<readonly string[]> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && performance.now() - kept.at < freshMs) return kept.names;
    const names = ask(AbortSignal.timeout(PATIENCE_MS)).catch((error: unknown) => {
      this.#kept.delete(key);
      if (error instanceof AerolithError || (error instanceof Error && error.name === 'TimeoutError')) return [];
      throw error;
    });
    this.#kept.set(key, { at: performance.now(), names });
    return names;
  }
}

/** The dotted paths of documents; of an array those of its elements. */
export function pathsOf(documents: Value): string[] {
  const paths = new Set<string>();
  if (Array.isArray(documents)) for (const document of documents) if (isDocument(document)) addPaths(document, '', 1, paths);
  return [...paths];
}

function addPaths(document: Document, base: string, depth: number, paths: Set<string>): void {
  for (const [name, value] of document) {
    const path = `${base}${name}`;
    paths.add(path);
    if (depth >= DEEPEST) continue;
    for (const inner of Array.isArray(value) ? value : [value])
      if (isDocument(inner)) addPaths(inner, `${path}.`, depth + 1, paths);
  }
}

import { type Document, isDocument, parseDocument, toStored, type Value } from '@aerolithdb/protocol';
import type { Case, Request } from './request.ts';

/** A case as it lies in a file: Extended JSON, a document a line. `why`: what was wrong, or which implementation differed and how. */
export function caseText({ c, o, request }: Case, why: string): string {
  const list = (documents: readonly Document[]) =>
    documents.length === 0 ? '[]' : `[\n    ${documents.map(toStored).join(',\n    ')}\n  ]`;
  const asked = toStored(new Map(Object.entries(request).filter(([, part]) => part !== undefined) as [string, Value][]));
  return `{\n  "why": ${JSON.stringify(why)},\n  "c": ${list(c)},\n  "o": ${list(o)},\n  "request": ${asked}\n}\n`;
}

export function parseCase(text: string): Case & { readonly why: string } {
  const file = parseDocument(text);
  const documents = (name: string) => (file.get(name) as Value[] | undefined)?.filter(isDocument) ?? [];
  const request = Object.fromEntries(file.get('request') as Document) as unknown as Request;
  return { why: String(file.get('why')), c: documents('c'), o: documents('o'), request };
}

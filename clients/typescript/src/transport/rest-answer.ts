import {
  AerolithError,
  arraySlices,
  type IndexSpec,
  type Operation,
  type OperationResult,
  objectSlices,
  type ReadAnswer,
  type ReadRequest,
  type Receipt,
} from '@aerolithdb/protocol';
import { problemError } from './problem-error.ts';
import type { CollectionInfo, Written } from './transport.ts';

/** An answer that went well. */
export type Reply = { readonly status: number; readonly text: string; readonly etag: string | null };

type Slices = ReadonlyMap<string, string>;

/** What a read answered. `text` stays JSON. */
export function readAnswer(request: ReadRequest, { text, etag }: Reply): ReadAnswer {
  if (request.kind === 'get') return { height: 0, text, ...(etag !== null && { version: Number(etag.replaceAll('"', '')) }) };
  const slices = objectSlices(text);
  const found = slices.get('documents') ?? slices.get('values');
  return {
    height: numberIn(slices, 'height') ?? 0,
    ...(found !== undefined && { text: found }),
    ...present('count', numberIn(slices, 'count')),
    ...present('cursor', parsed<string>(slices, 'cursor')),
    ...present('explain', parsed<NonNullable<ReadAnswer['explain']>>(slices, 'explain')),
  };
}

/** What a write answered. Throws the error of a replacement, which travels inside a bulk. */
export function writtenAnswer(operation: Operation, reply: Reply): Written {
  if (operation.type !== 'replace') return writtenOf(objectSlices(reply.text));
  const part = objectSlices(arraySlices(objectSlices(reply.text).get('results') ?? '[]')[0] ?? '');
  if (part.get('ok') === 'true') return writtenOf(part);
  const problem = part.get('problem') ?? '{}';
  throw problemError(Number(objectSlices(problem).get('status') ?? 500), problem);
}

function writtenOf(slices: Slices): Written {
  const receipt = parsed<Receipt>(slices, 'receipt');
  if (receipt === undefined) throw notUnderstood();
  return { receipt, result: resultOf(slices) };
}

function resultOf(slices: Slices): OperationResult {
  const ids = slices.get('ids');
  const results = slices.get('results');
  const document = slices.get('document');
  return {
    ...(ids !== undefined && { ids: arraySlices(ids) }),
    ...present('matched', numberIn(slices, 'matched')),
    ...present('modified', numberIn(slices, 'modified')),
    ...present('deleted', numberIn(slices, 'deleted')),
    ...present('upsertedId', slices.get('upsertedId')),
    ...(document !== undefined && { document: document === 'null' ? null : document }),
    ...(results !== undefined && { results: arraySlices(results).map((one) => resultOf(objectSlices(one))) }),
  };
}

/** A collection as `GET /v1/collections/{c}` shows it. */
export function collectionAnswer(text: string): CollectionInfo {
  const slices = objectSlices(text);
  const schema = objectSlices(slices.get('options') ?? '{}').get('schema');
  return {
    name: parsed<string>(slices, 'name') ?? '',
    documents: numberIn(slices, 'documents') ?? 0,
    options: schema === undefined ? {} : { schema },
    indexes: arraySlices(slices.get('indexes') ?? '[]').map(indexOf),
  };
}

function indexOf(text: string): IndexSpec {
  const slices = objectSlices(text);
  const keys = [...objectSlices(slices.get('keys') ?? '{}')].map(
    ([path, direction]) => [path, direction === '-1' ? -1 : 1] as const,
  );
  return { name: parsed<string>(slices, 'name') ?? '', keys, ...(slices.get('unique') === 'true' && { unique: true }) };
}

/** The caller knows what the server puts there. Throws `internal` when it is no JSON. */
function parsed<T>(slices: Slices, name: string): T | undefined {
  const text = slices.get(name);
  return text === undefined ? undefined : parseJson<T>(text);
}

export function parseJson<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    if (error instanceof SyntaxError) throw notUnderstood();
    throw error;
  }
}

function notUnderstood(): AerolithError {
  return new AerolithError('internal', 'The answer is not understood; the server may be newer than this client.');
}

function numberIn(slices: Slices, name: string): number | undefined {
  const text = slices.get(name);
  return text === undefined ? undefined : Number(text);
}

function present<K extends string, V>(name: K, value: V | undefined): { [_ in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [_ in K]: V });
}

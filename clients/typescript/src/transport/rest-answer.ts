import {
  AerolithError,
  arraySlices,
  indexSpecFrom,
  type OperationResult,
  type Outcome,
  objectSlices,
  type ReadAnswer,
  type ReadRequest,
  type Receipt,
} from '@aerolithdb/protocol';
import { errorOf } from './error-of.ts';
import { problemError } from './problem-error.ts';
import type { CollectionInfo, Write, Written } from './transport.ts';

/** An answer that went well. */
export type Reply = { readonly status: number; readonly text: string; readonly etag: string | null };

type Slices = ReadonlyMap<string, string>;

/** What a read answered. `text` stays JSON. */
export function readAnswer(request: ReadRequest, { text, etag }: Reply): ReadAnswer {
  if (request.kind === 'get') return { height: 0, text, ...(etag !== null && { version: Number(etag.replaceAll('"', '')) }) };
  const slices = objectSlices(text);
  if (request.kind === 'block') return { height: request.height, text };
  const found = slices.get('documents') ?? slices.get('values') ?? slices.get('history') ?? slices.get('changes');
  return {
    height: numberIn(slices, 'height') ?? 0,
    ...(found !== undefined && { text: found }),
    ...present('count', numberIn(slices, 'count')),
    ...present('position', numberIn(slices, 'position')),
    ...present('cursor', parsed<string>(slices, 'cursor')),
    ...present('explain', parsed<NonNullable<ReadAnswer['explain']>>(slices, 'explain')),
  };
}

/** What a write answered. Throws the error of a replacement, which travels inside a bulk. */
export function writtenAnswer({ type }: Write, reply: Reply): Written {
  const slices = objectSlices(reply.text);
  if (type !== 'replace' && type !== 'bulk') return writtenOf(slices);
  const outcomes = arraySlices(slices.get('results') ?? '[]').map(outcomeOf);
  if (type === 'bulk') return { receipt: receiptOf(slices), result: { outcomes } };
  const [outcome] = outcomes;
  if (outcome?.ok === true) return outcome;
  throw outcome === undefined ? notUnderstood() : errorOf(outcome.error);
}

/** What came of one operation of a bulk. */
function outcomeOf(text: string): Outcome {
  const slices = objectSlices(text);
  if (slices.get('ok') === 'true') return { ok: true, ...writtenOf(slices) };
  const problem = slices.get('problem') ?? '{}';
  const { code, message, details } = problemError(Number(objectSlices(problem).get('status') ?? 500), problem);
  return { ok: false, error: { code, message, details } };
}

/** What making or removing a user or a token answered; `token` is there when one was made. */
export function principalAnswer({ text }: Reply): Written & { readonly token: string } {
  const slices = objectSlices(text);
  return { receipt: receiptOf(slices), result: {}, token: parsed<string>(slices, 'token') ?? '' };
}

function writtenOf(slices: Slices): Written {
  return { receipt: receiptOf(slices), result: resultOf(slices) };
}

function receiptOf(slices: Slices): Receipt {
  const receipt = parsed<Receipt>(slices, 'receipt');
  if (receipt === undefined) throw notUnderstood();
  return receipt;
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
    indexes: arraySlices(slices.get('indexes') ?? '[]').map(indexSpecFrom),
  };
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

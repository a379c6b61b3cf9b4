import { type OperationResult, type Receipt, type StoredText, storedToRelaxed } from '@aerolithdb/protocol';

/** What goes back: a status, headers of its own, and the bytes or the text as they are to be sent. */
export type Answer = {
  readonly status: number;
  readonly body: string | Buffer;
  /** Default: JSON. */
  readonly type?: string;
  /** Name, value, name, value … in lower case. */
  readonly headers?: readonly string[];
};

/** The endpoint has taken the response over and ends it itself. */
export const TAKEN = Symbol('taken');

export const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer whose body is JSON text that needs no further work. */
export function jsonText(body: string, status = 200, headers?: readonly string[]): Answer {
  return headers === undefined ? { status, body } : { status, body, headers };
}

/** An answer made of a plain object. */
export function json(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value) };
}

/** The members of a JSON object, each value being JSON text already; absent ones are left out. */
export function objectText(members: Readonly<Record<string, string | undefined>>): string {
  let text = '';
  for (const name of Object.keys(members)) {
    const value = members[name];
    if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${value}`;
  }
  return `{${text}}`;
}

export function receiptText(receipt: Receipt): string {
  return JSON.stringify(receipt);
}

/** A JSON array of ids in outgoing form. */
export function idsText(ids: readonly StoredText[]): string {
  return `[${ids.map(storedToRelaxed).join(',')}]`;
}

/** What a write did, as JSON text: the members that it has, ids and documents in outgoing form. */
export function resultMembers(result: OperationResult): Readonly<Record<string, string | undefined>> {
  const { ids, matched, modified, deleted, upsertedId, document, results } = result;
  return {
    ids: ids === undefined ? undefined : idsText(ids),
    matched: numberText(matched),
    modified: numberText(modified),
    deleted: numberText(deleted),
    upsertedId: upsertedId === undefined ? undefined : storedToRelaxed(upsertedId),
    document: document == null ? nullText(document) : storedToRelaxed(document),
    results: results === undefined ? undefined : `[${results.map((one) => objectText(resultMembers(one))).join(',')}]`,
  };
}

function numberText(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}

function nullText(value: null | undefined): string | undefined {
  return value === null ? 'null' : undefined;
}

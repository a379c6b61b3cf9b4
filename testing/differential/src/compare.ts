import { Decimal128, type Document, Double, toStored, type Value } from '@aerolithdb/protocol';
import type { Oracle } from './oracle.ts';
import type { Answer, Request } from './request.ts';

/** What became of comparing: the answers are the same, differ (`how`), or one of them says nothing. */
export type Comparison = { readonly verdict: 'same' | 'silent' } | { readonly verdict: 'differs'; readonly how: string };

/**
 * Compares an answer with that of the reference. An implementation of another house may refuse what we do not and the other way round:
 * then nothing is compared. `own`: it is a part of the engine, which refuses the same with the same code.
 */
export function compareAnswers(request: Request, expected: Answer, found: Answer, oracle: Oracle, own: boolean): Comparison {
  if ('unsupported' in found || 'unsupported' in expected) return { verdict: 'silent' };
  // An index may refuse a document that the collection alone would take.
  if ('refused' in found && found.refused === 'invalid_index') return { verdict: 'silent' };
  if ('refused' in expected || 'refused' in found) {
    if (!own) return { verdict: 'silent' };
    return textOf(expected) === textOf(found)
      ? { verdict: 'same' }
      : { verdict: 'differs', how: `${textOf(found)}\ninstead of\n${textOf(expected)}` };
  }
  const kept = (value: Value) => (oracle.kept === undefined ? value : oracle.kept(value));
  const [ours, theirs] = [expected.documents, found.documents].map((documents) =>
    textsOf(request, documents.map(kept) as Document[]),
  );
  if (request.kind === 'update' && expected.matched !== found.matched)
    return { verdict: 'differs', how: `matched ${found.matched} instead of ${expected.matched}` };
  const at = ours!.findIndex((text, i) => text !== theirs![i]);
  if (at === -1 && ours!.length === theirs!.length) return { verdict: 'same' };
  const place = at === -1 ? ours!.length : at;
  return {
    verdict: 'differs',
    how: `${theirs!.length} documents, at ${place}: ${theirs![place]}\ninstead of ${ours!.length}: ${ours![place]}`,
  };
}

function textOf(answer: Answer): string {
  return 'refused' in answer ? `refused: ${answer.refused}` : `${'documents' in answer ? answer.documents.length : 0} documents`;
}

/** The order counts only where the query asks for one. What a pipeline makes is compared without what MongoDB leaves open. */
function textsOf(request: Request, documents: readonly Document[]): string[] {
  if (request.kind === 'find') return request.sort === undefined ? documents.map(toStored).sort() : documents.map(toStored);
  if (request.kind === 'update') return documents.map(toStored).sort();
  return documents.map(openText).sort();
}

/**
 * Left open: the order of a set, so lists are compared as sets; which of several equal numbers stands for a group, so numbers are compared
 * by value; and the last digits of sums of doubles.
 */
function openText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(openText).sort().join(',')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([name, inner]) => `${JSON.stringify(name)}:${openText(inner)}`).join(',')}}`;
  if (typeof value === 'number' || typeof value === 'bigint') return numberText(Number(value));
  if (value instanceof Double) return numberText(value.value);
  return value instanceof Decimal128 ? numberText(Number(value.text)) : toStored(value);
}

function numberText(value: number): string {
  return Number.isFinite(value) ? (value + 0).toPrecision(12) : String(value);
}

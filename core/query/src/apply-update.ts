import { AerolithError, type Document, type Value } from '@aerolithdb/protocol';
import type { ChangeContext } from './change-value.ts';
import type { Filter } from './filter.ts';
import { identical } from './identical.ts';
import { matchPositions } from './match-positions.ts';
import type { Update } from './update.ts';
import { UpdateDraft } from './update-draft.ts';
import { runUpdateStages } from './update-pipeline.ts';

export type UpdateContext = {
  /** Block time, milliseconds since 1970: what `$currentDate` sets. */
  readonly time: number;
  /** The filter that selected the document; the positional `$` needs it. */
  readonly filter?: Filter;
  /** The document is the seed of an upsert (see `documentFromFilter`), so `$setOnInsert` counts and `_id` is put first. */
  readonly insert?: boolean;
  /** How many documents the command may change; 1 unless given. The stages of a pipeline have fewer steps on each of many. */
  readonly documents?: number;
};

/**
 * The document after the update. Nothing is changed in place: unchanged parts are shared, and when nothing changes the very
 * same document comes back. The result is not checked against the limits of documents (size, depth, `MinKey`).
 *
 * Throws `invalid_update` when the update does not fit the document, `immutable_id` when it would change `_id`, and what
 * `runUpdateStages` throws.
 */
export function applyUpdate(update: Update, document: Document, context: UpdateContext): Document {
  const after =
    update.stages === undefined
      ? applyOperators(update, document, context)
      : runUpdateStages(update.stages, document, context.time, context.documents);
  checkId(document, after);
  return context.insert === true ? withIdFirst(after) : after;
}

function applyOperators(update: Update, document: Document, context: UpdateContext): Document {
  const draft = new UpdateDraft(document, update, changeContext(context), () =>
    context.filter === undefined ? new Map() : matchPositions(context.filter, document),
  );
  for (const field of update.fields) draft.apply(field);
  return draft.document;
}

function changeContext(context: UpdateContext): ChangeContext {
  return { time: context.time, insert: context.insert === true };
}

function checkId(before: Document, after: Document): void {
  const id = before.get('_id');
  if (before === after || id === undefined) return;
  const next = after.get('_id');
  if (next !== undefined && identical(id, next)) return;
  throw new AerolithError('immutable_id', 'The update would change the _id of the document; insert a new document instead.');
}

function withIdFirst(document: Document): Document {
  const id: Value | undefined = document.get('_id');
  if (id === undefined || document.keys().next().value === '_id') return document;
  const ordered: Document = new Map([['_id', id]]);
  for (const [name, value] of document) ordered.set(name, value);
  return ordered;
}

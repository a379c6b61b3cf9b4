import type {
  AggregateRequest,
  DocumentOperation,
  Operation,
  Principal,
  ReadRequest,
  Role,
  StoredText,
} from '@aerolithdb/protocol';
import { collectionsOf, parsePipelineText } from '@aerolithdb/query';
import { EVERY_COLLECTION, roleFor } from './principal.ts';
import { type Action, covers, ROLE_TABLE } from './role-table.ts';

/**
 * A rule that narrows an allowed action to some rows. Nothing makes one yet; whoever carries out a decision must refuse
 * the action when it has a rule that it cannot apply.
 */
export type RowRule = { readonly filter: StoredText };

export type Decision =
  | { readonly allowed: true; readonly rows?: RowRule }
  | { readonly allowed: false; readonly action: Action; readonly needed: Role; readonly on: string };

const ALLOWED: Decision = { allowed: true };

/** Decides one action of the role table. `collection` is the one it touches; leave it out for what belongs to none. */
export function decide(
  principal: Pick<Principal, 'grants'>,
  action: Exclude<Action, 'transaction' | 'bulk'>,
  collection?: string,
): Decision {
  const requirement = ROLE_TABLE[action];
  const on = requirement.on === 'everything' ? EVERY_COLLECTION : (collection ?? EVERY_COLLECTION);
  const held = roleFor(principal, on);
  if (held !== undefined && covers(held, requirement.role)) return ALLOWED;
  return { allowed: false, action, needed: requirement.role, on };
}

type Part = { readonly type: DocumentOperation['type']; readonly collection: string };

/** What of a write is looked at to decide it; an `Operation` is one. */
export type WriteShape =
  | { readonly type: Exclude<Operation['type'], 'transaction' | 'bulk'>; readonly collection?: string }
  | {
      readonly type: 'transaction' | 'bulk';
      readonly operations: readonly Part[];
      readonly reads?: readonly { readonly collection: string }[];
    };

/** Decides a write: for a transaction or a bulk, the first refusal among its operations and reads. */
export function decideOperation(principal: Pick<Principal, 'grants'>, operation: WriteShape): Decision {
  if (!('operations' in operation)) return decide(principal, operation.type, operation.collection);
  const reads = (operation.reads ?? []).map(({ collection }) => ({ type: 'get', collection }) as const);
  for (const { type, collection } of [...operation.operations, ...reads]) {
    const decision = decide(principal, type, collection);
    if (!decision.allowed || decision.rows !== undefined) return decision;
  }
  return ALLOWED;
}

/** Decides a read. Changes of all collections at once need the role on `*`. */
export function decideRead(principal: Pick<Principal, 'grants'>, request: ReadRequest): Decision {
  if (request.kind === 'block') return decide(principal, 'block');
  if (request.kind === 'changes' && request.collection === undefined) return decide(principal, 'allChanges');
  if (request.kind === 'aggregate') return decideAggregate(principal, request);
  return decide(principal, request.kind, request.collection);
}

/** A pipeline needs the role on every collection that it names, wherever in it. Throws what `parsePipeline` throws. */
function decideAggregate(principal: Pick<Principal, 'grants'>, { collection, pipeline }: AggregateRequest): Decision {
  const own = decide(principal, 'aggregate', collection);
  if (!own.allowed) return own;
  for (const name of collectionsOf(parsePipelineText(pipeline))) {
    const decision = decide(principal, 'aggregate', name);
    if (!decision.allowed || decision.rows !== undefined) return decision;
  }
  return own;
}

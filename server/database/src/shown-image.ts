import { AerolithError, parseDocument, toStored } from '@aerolithdb/protocol';
import { parseProjection, project } from '@aerolithdb/query';
import type { Executed } from './executed.ts';
import type { DocumentOrText, WriteRequest } from './write-request.ts';

/** A write without its projection, which is no part of the command: and what the projection makes of its result. */
export type ShownWrite = { readonly write: WriteRequest; readonly show: (executed: Executed) => Executed };

/** Throws `invalid_projection`, `invalid_request` when no document comes back. */
export function shownWrite(request: WriteRequest): ShownWrite {
  if (!('projection' in request) || request.projection === undefined) return { write: request, show: asItIs };
  const { projection, ...write } = request;
  if (write.returning === undefined)
    throw new AerolithError('invalid_request', 'A projection is for the document that comes back; ask for it with "returning".');
  return { write, show: projected(projection) };
}

function asItIs(executed: Executed): Executed {
  return executed;
}

/** It is computed on the thread that serves all, where no time limit holds. */
const LIMITED = { variables: new Map(), now: Number.NaN, sharesOfSteps: 1 } as const;

function projected(given: DocumentOrText): (executed: Executed) => Executed {
  const projection = parseProjection(typeof given === 'string' ? parseDocument(given) : given, { surroundings: LIMITED });
  return (executed) => {
    const { document } = executed.result;
    if (document == null) return executed;
    return { ...executed, result: { ...executed.result, document: toStored(project(projection, parseDocument(document))) } };
  };
}

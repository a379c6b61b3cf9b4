import type { Command, DocumentOperation, Operation } from '@aerolithdb/protocol';

/**
 * A command as a block body keeps it. Where a document of an applied insert or replace is the text of a frame, its place holds
 * the number of that frame, so that each document stands once in the ledger.
 */
export type KeptCommand = {
  readonly id: string;
  readonly actor: string;
  readonly operation: KeptOperation;
};

type InFrame<T, Field extends string> = Omit<T, Field>;
type Insert = Extract<DocumentOperation, { type: 'insert' }>;
type Replace = Extract<DocumentOperation, { type: 'replace' }>;

export type KeptDocumentOperation =
  | Exclude<DocumentOperation, Insert | Replace>
  | (InFrame<Insert, 'documents'> & { readonly documents: readonly (string | number)[] })
  | (InFrame<Replace, 'document'> & { readonly document: string | number });

export type KeptOperation =
  | Exclude<Operation, DocumentOperation | { type: 'transaction' | 'bulk' }>
  | KeptDocumentOperation
  | { readonly type: 'transaction'; readonly operations: readonly KeptDocumentOperation[]; readonly reads?: readonly unknown[] }
  | { readonly type: 'bulk'; readonly operations: readonly KeptDocumentOperation[]; readonly ordered?: boolean };

/** `frames[i]` is the post-image of change i of the block; the command made the changes from `first` up to `end`. */
export function keepCommand(command: Command, frames: readonly (string | undefined)[], first: number, end: number): KeptCommand {
  if (first === end) return command;
  const search = new FrameSearch(frames, first, end);
  return { id: command.id, actor: command.actor, operation: keepOperation(command.operation, search) };
}

/** The command as it was ordered. */
export function restoreCommand(kept: KeptCommand, frame: (index: number) => string | undefined): Command {
  return { id: kept.id, actor: kept.actor, operation: restoreOperation(kept.operation, frame) };
}

/** Documents of a command come back as frames in the order of the command, so each search goes on where the last one ended. */
class FrameSearch {
  readonly #frames: readonly (string | undefined)[];
  readonly #end: number;
  #next: number;

  constructor(frames: readonly (string | undefined)[], first: number, end: number) {
    this.#frames = frames;
    this.#next = first;
    this.#end = end;
  }

  place(text: string): string | number {
    for (let index = this.#next; index < this.#end; index++) {
      if (this.#frames[index] !== text) continue;
      this.#next = index + 1;
      return index;
    }
    return text;
  }
}

function keepOperation(operation: Operation, search: FrameSearch): KeptOperation {
  if (operation.type === 'transaction' || operation.type === 'bulk') {
    return { ...operation, operations: operation.operations.map((part) => keepDocumentOperation(part, search)) };
  }
  if (operation.type === 'insert' || operation.type === 'replace') return keepDocumentOperation(operation, search);
  return operation;
}

function keepDocumentOperation(operation: DocumentOperation, search: FrameSearch): KeptDocumentOperation {
  if (operation.type === 'insert') return { ...operation, documents: operation.documents.map((text) => search.place(text)) };
  if (operation.type === 'replace') return { ...operation, document: search.place(operation.document) };
  return operation;
}

type Frame = (index: number) => string | undefined;

function restoreOperation(kept: KeptOperation, frame: Frame): Operation {
  if (kept.type === 'transaction' || kept.type === 'bulk') {
    return { ...kept, operations: kept.operations.map((part) => restoreDocumentOperation(part, frame)) } as Operation;
  }
  if (kept.type === 'insert' || kept.type === 'replace') return restoreDocumentOperation(kept, frame);
  return kept as Operation;
}

function restoreDocumentOperation(kept: KeptDocumentOperation, frame: Frame): DocumentOperation {
  if (kept.type === 'insert') return { ...kept, documents: kept.documents.map((place) => textAt(place, frame)) };
  if (kept.type === 'replace') return { ...kept, document: textAt(kept.document, frame) };
  return kept;
}

function textAt(place: string | number, frame: Frame): string {
  if (typeof place === 'string') return place;
  const text = frame(place);
  if (text === undefined) throw new RangeError(`A kept command refers to frame ${place}, which is empty.`);
  return text;
}

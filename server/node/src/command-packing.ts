import { derive } from '@aerolithdb/engine/derive';
import type { Command, DerivedDocument, Operation, Outcome } from '@aerolithdb/protocol';
import type { WireError } from './wire-error.ts';

/**
 * Commands as they cross to the writer, with what is derived of them: strings in one flat array, which costs a third of cloning
 * objects. An insert whose documents have passed the checks of their form is `id, actor, leaf, count, collection` and for each document
 * `its _id, key of its _id (latin1), text`; anything else is `id, actor, leaf, -` and the next of `operations`.
 */
export type PackedCommands = { readonly strings: readonly string[]; readonly operations: readonly Operation[] };

const OTHER = '-';

export function packCommands(commands: readonly Command[]): PackedCommands {
  const strings: string[] = [];
  const operations: Operation[] = [];
  for (const command of commands) {
    const { id, actor, operation } = command;
    const { leaf, documents } = derivedOf(command);
    if (operation.type === 'insert' && documents !== undefined) {
      strings.push(id, actor, leaf, String(documents.length), operation.collection);
      for (const [index, derived] of documents.entries())
        strings.push(derived.id, latin1(derived.idKey), operation.documents[index]!);
    } else {
      strings.push(id, actor, leaf, OTHER);
      operations.push(operation);
    }
  }
  return { strings, operations };
}

export function unpackCommands({ strings, operations }: PackedCommands): Command[] {
  const commands: Command[] = [];
  let at = 0;
  let other = 0;
  const next = () => strings[at++]!;
  while (at < strings.length) {
    const [id, actor, leaf, count] = [next(), next(), next(), next()];
    if (count === OTHER) {
      commands.push({ id, actor, operation: operations[other++]!, derived: { leaf } });
      continue;
    }
    const collection = next();
    const derived: DerivedDocument[] = [];
    const documents: string[] = [];
    for (let left = Number(count); left > 0; left--) {
      derived.push({ id: next(), idKey: Buffer.from(next(), 'latin1') });
      documents.push(next());
    }
    commands.push({ id, actor, operation: { type: 'insert', collection, documents }, derived: { leaf, documents: derived } });
  }
  return commands;
}

/** What another thread has derived is not derived again. */
function derivedOf(command: Command): ReturnType<typeof derive> {
  const { derived } = command;
  return derived?.leaf === undefined ? derive(command) : { ...derived, leaf: derived.leaf };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** How a command ended, as it crosses back. */
export type WireEnd = Outcome | { readonly failed: WireError };

/** Ends of commands as one JSON text, in the order of `numbers`. */
export function packEnds(ends: readonly WireEnd[]): string {
  return JSON.stringify(ends);
}

export function unpackEnds(text: string): WireEnd[] {
  return JSON.parse(text) as WireEnd[];
}

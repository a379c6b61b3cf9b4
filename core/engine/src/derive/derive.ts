import {
  AerolithError,
  type Command,
  type Derived,
  type DerivedDocument,
  type Document,
  encodeCommand,
} from '@aerolithdb/protocol';
import { identityOf, newDocument } from '../apply/new-document.ts';
import { roots } from '../apply/root-hasher.ts';

/**
 * What the writer would have to find out about a command, found on the caller's thread: checking and hashing a document costs about as
 * much as writing it. A command that will be refused is left to the writer, whose outcome counts.
 */
export function derive({ derived, ...command }: Command): Derived & { readonly leaf: string } {
  const leaf = roots.leafOf(encodeCommand(command));
  const { operation } = command;
  const documents = derived?.documents ?? (operation.type === 'insert' ? ofAll(operation.documents, newDocument) : undefined);
  return documents === undefined ? { leaf } : { leaf, documents };
}

/** The part of an insert whose documents were made out of these values, each of which passes `assertStorable`. */
export function deriveFromValues(documents: readonly Document[]): Derived {
  const identities = ofAll(documents, identityOf);
  return identities === undefined ? {} : { documents: identities };
}

function ofAll<T>(documents: readonly T[], of: (document: T) => DerivedDocument): readonly DerivedDocument[] | undefined {
  try {
    return documents.map((document) => of(document));
  } catch (error) {
    if (error instanceof AerolithError) return undefined;
    throw error;
  }
}

import type { CatalogueOperation } from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import type { OperationDone } from './operation-done.ts';

type Of<Type extends CatalogueOperation['type']> = Extract<CatalogueOperation, { type: Type }>;

/** Makes a principal, or puts another in the place of the one with its name. */
export function setPrincipal(context: BlockContext, operation: Of<'setPrincipal'>): OperationDone {
  context.catalogue.setPrincipal(operation.principal);
  return { result: {} };
}

export function removePrincipal(context: BlockContext, operation: Of<'removePrincipal'>): OperationDone {
  context.catalogue.removePrincipal(operation.principal);
  return { result: {} };
}

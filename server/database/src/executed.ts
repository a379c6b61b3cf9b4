import type { OperationResult, Receipt } from '@aerolithdb/protocol';

/** `document` of the result, where there is one, is stored text: `storedToRelaxed` makes it fit to go out. */
export type Executed = { readonly receipt: Receipt; readonly result: OperationResult; readonly repeated?: true };

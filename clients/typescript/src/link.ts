import type { CallOptions, Calls } from './calls.ts';
import type { Identifiers } from './identifiers.ts';
import type { Transport, Write, Written } from './transport/transport.ts';

/** What a collection, a cursor or a stream works with: the way to the database, and the limits of its calls. */
export type Link = { readonly transport: Transport; readonly calls: Calls; readonly identifiers: Identifiers };

/** Sends one command. Its id is made here, once. */
export function writeThrough({ transport, calls, identifiers }: Link, operation: Write, options: CallOptions): Promise<Written> {
  const commandId = identifiers.commandId();
  return calls.run(options, (ending) => transport.write(operation, commandId, ending));
}

import type { Session } from '../session.ts';

/** What an argument is, for completion: names of collections, code, or one of some words. */
export type Taken = 'collection' | 'code' | 'file' | readonly string[];

/** A command of the shell itself: a dot and a name at the beginning of a line. */
export type DotCommand = {
  readonly name: string;
  /** Its arguments as the help shows them. */
  readonly usage: string;
  readonly takes?: readonly Taken[];
  readonly does: string;
  readonly example?: string;
  /** Gives the text to show. Throws usage errors and what the database throws. */
  readonly run: (session: Session, rest: string, signal: AbortSignal) => Promise<string>;
};

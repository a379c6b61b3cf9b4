import type { Document, Value } from '@aerolithdb/protocol';
import type { Answer, Profile, Request } from './request.ts';

/** One implementation that answers. */
export interface Oracle {
  readonly name: string;
  /** The profiles whose documents it can hold. */
  readonly profiles: readonly Profile[];
  /** Puts documents in place of those that it holds. */
  load(c: readonly Document[], o: readonly Document[]): Promise<void>;
  /** Leaves the documents as they were. */
  answer(request: Request): Promise<Answer>;
  /** What the implementation keeps of a value: how an answer of another one is to be compared with one of its own. */
  kept?(value: Value): Value;
}

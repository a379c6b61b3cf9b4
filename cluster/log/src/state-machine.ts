import type { Block, Head, Outcome } from '@aerolithdb/protocol';

/** What a log drives. It never looks into a command. */
export interface StateMachine {
  /** The last committed block. */
  head(): Head;
  /**
   * Computes the outcomes of a block that follows `head()`, one for each command, in order. Nothing is durable yet.
   * Throws only for failures of the machine (I/O, corruption): the block then has left no trace.
   */
  apply(block: Block): Outcome[];
  /** Takes the applied block into the state and returns the new head; `flush` makes it durable. On a throw the block has left no trace. */
  commit(): Head;
  /**
   * Resolves when every block committed before the call is durable (fsync); more may be applied meanwhile. After a rejection
   * nobody knows what is on the disk, and nothing more may be applied.
   */
  flush(): Promise<void>;
}

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
  /** Makes the applied block durable (fsync) and returns the new head. On a throw the block has left no trace. */
  commit(): Head;
}

import type { Command, Head, Outcome } from '@aerolithdb/protocol';

/** One order of commands. What is acknowledged here is durable and has its place for ever. */
export interface OrderedLog {
  /**
   * Puts a command into the order. Resolves with its outcome after the block that holds it is durable.
   * Rejects with `storage_full`, `storage_failed`, `log_closed` or `overloaded` when the command was not and will not be applied.
   */
  submit(command: Command): Promise<Outcome>;
  /** The last durable block. */
  head(): Head;
  /** Resolves once the block at this height is durable. Rejects when the log fails or closes before. */
  reached(height: number): Promise<void>;
  /** Calls back after each durable block, in order. Returns the function that ends it. */
  onBlock(listener: (head: Head) => void): () => void;
  /** Stops taking commands, finishes those it has, and resolves. */
  close(): Promise<void>;
}

import type { Document } from '@aerolithdb/protocol';
import { type MemoryBudget, sizeOf } from './memory-budget.ts';

/** Documents gathered into a list, counted in the memory of the run. Throws `pipeline_too_large`. */
export function hold(
  documents: Iterable<Document>,
  memory: MemoryBudget,
  stage: string,
): { documents: Document[]; bytes: number } {
  const held: Document[] = [];
  let bytes = 0;
  for (const document of documents) {
    const size = sizeOf(document);
    memory.take(size, stage);
    bytes += size;
    held.push(document);
  }
  return { documents: held, bytes };
}

import type { ReadAnswer } from '@aerolithdb/protocol';

/** The version that came with a document; 0 when there is none, which is what a read of an absent document is compared with. */
export function versionOf({ version }: ReadAnswer): number {
  return version ?? 0;
}

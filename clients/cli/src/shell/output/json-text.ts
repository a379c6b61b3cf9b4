import { AerolithError, fromPlain, toRelaxed } from '@aerolithdb/protocol';

/** The relaxed Extended JSON of a value; undefined when it is none that could be stored, such as a function. */
export function jsonText(value: unknown): string | undefined {
  try {
    return toRelaxed(fromPlain(value));
  } catch (error) {
    if (error instanceof AerolithError) return undefined;
    throw error;
  }
}

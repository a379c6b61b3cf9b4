import { AerolithError, type StoredText, storedToRelaxed } from '@aerolithdb/protocol';

/** UTF-16 units of a value that an error shows. */
const SHOWN_UNITS = 200;

export function duplicateId(collection: string, id: StoredText): AerolithError {
  const value = shownValue(storedToRelaxed(id));
  return new AerolithError('duplicate_id', `"${collection}" has a document with the _id ${value} already.`, {
    collection,
    id: value,
  });
}

/** A value's text as an error shows it. */
export function shownValue(text: string): string {
  if (text.length <= SHOWN_UNITS) return text;
  return `${text.slice(0, SHOWN_UNITS).replace(/[\ud800-\udbff]$/, '')}…`;
}

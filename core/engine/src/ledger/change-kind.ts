import type { ChangeKind } from '@aerolithdb/protocol';

/** Codes of the kinds in block bodies. Part of the format: only ever added to. */
export const CHANGE_KIND_CODES = {
  insert: 1,
  replace: 2,
  update: 3,
  delete: 4,
  createCollection: 5,
  dropCollection: 6,
} as const satisfies Record<ChangeKind, number>;

const KINDS: readonly (ChangeKind | undefined)[] = [
  undefined,
  'insert',
  'replace',
  'update',
  'delete',
  'createCollection',
  'dropCollection',
];

export function changeKindOf(code: number): ChangeKind {
  const kind = KINDS[code];
  if (kind === undefined) throw new RangeError(`No kind of change has the code ${code}.`);
  return kind;
}

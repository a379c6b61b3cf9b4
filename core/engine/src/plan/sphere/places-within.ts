import { boxesOfSearch, matches, type Path, placeOfBox, type SphereSearch, type Test } from '@aerolithdb/query';
import type { PlaceReader } from './place-reader.ts';
import type { SphereEntries } from './sphere-entries.ts';

/** A `$geoWithin` or `$geoIntersects` of a filter, and what it looks for. */
export type SphereCondition = { readonly path: Path; readonly test: Test; readonly search: SphereSearch };

/**
 * The rows whose place passes the condition, each once, in order. The box of most entries tells; only where it is near the edge of
 * what is asked for, or a document has several parts, the place itself is read.
 */
export function rowsWithin(entries: SphereEntries, reader: PlaceReader, condition: SphereCondition): number[] {
  const found: number[] = [];
  const unsure = new Set<number>();
  const boxes = boxesOfSearch(condition.search);
  const seen = boxes.length > 1 ? new Set<number>() : undefined;
  for (const box of boxes)
    for (const entry of entries.meeting(box)) {
      const id = entry[6];
      if (seen?.has(id)) continue;
      seen?.add(id);
      const place = id > 0 ? placeOfBox(condition.search, entry) : 'boundary';
      if (place === 'inside') found.push(id);
      else if (place === 'boundary') unsure.add(entries.rowOf(id));
    }
  for (const rid of unsure) if (passes(condition, reader, rid)) found.push(rid);
  return found.sort((a, b) => a - b);
}

function passes({ path, test }: SphereCondition, reader: PlaceReader, rid: number): boolean {
  return matches({ kind: 'field', path, test }, reader.document(rid));
}

import {
  angleOfChord,
  type Box,
  boxChordSquared,
  chordOfAngle,
  EARTH_RADIUS,
  type Near,
  nearestAt,
  type Path,
  type Vector,
} from '@aerolithdb/query';
import type { PlaceReader } from './place-reader.ts';
import type { SphereEntries, SphereEntry } from './sphere-entries.ts';

export type NearRow = { readonly rid: number; readonly distance: number };

/** Entries that the first ring may hold at least; with more it is made narrower. */
const RING_ENTRIES = 32;
/** The chord across the whole sphere. */
const WHOLE = 2;
/** Chord below which a ring is read whatever it holds: some ten centimetres on the ground. */
const NARROWEST = 2e-8;

/**
 * The rows with a place in the bounds, the nearest first, of equally near ones in the order of rows. It goes outwards ring by ring,
 * and reads the place of a document only when no nearer one can follow. `wanted`: rows that are likely to be asked for;
 * `documents`: how many there are, to begin with a ring that holds about as many.
 */
export function* nearestRows(
  entries: SphereEntries,
  reader: PlaceReader,
  { path, near }: { readonly path: Path; readonly near: Near },
  { wanted, documents }: { readonly wanted: number; readonly documents: number },
): Generator<NearRow> {
  const seen = new Set<number>();
  const waiting = new NearestFirst();
  for (const { least, entry } of entriesOutwards(entries, near, wanted, documents)) {
    yield* waiting.until(least);
    const rid = entries.rowOf(entry[6]);
    if (seen.has(rid)) continue;
    seen.add(rid);
    const found = nearestAt(reader.document(rid), path, near);
    if (found !== undefined) waiting.add({ rid, distance: found.distance });
  }
  yield* waiting.until(Number.POSITIVE_INFINITY);
}

/** `least`: metres that the part of the entry is away at least. They only grow. */
type Outward = { readonly least: number; readonly entry: SphereEntry };

function* entriesOutwards(entries: SphereEntries, near: Near, wanted: number, documents: number): Generator<Outward> {
  const end = Math.min(WHOLE, Math.sqrt(chordOfAngle(near.maxDistance / EARTH_RADIUS)) * (1 + 1e-9) + NARROWEST);
  const begin = Math.max(0, Math.sqrt(chordOfAngle(near.minDistance / EARTH_RADIUS)) * (1 - 1e-9) - NARROWEST);
  let inner = begin;
  // The box of a far part may reach in further than where the first ring begins.
  let least = -1;
  let outer = Math.min(end, inner + 2 * Math.sqrt(wanted / documents));
  let most = Math.max(RING_ENTRIES, 2 * wanted);
  for (;;) {
    const ring = entriesWithin(entries, near, outer, isNarrow(inner, outer) ? undefined : most);
    if (ring === undefined) {
      outer = inner + (outer - inner) / 3;
      continue;
    }
    yield* inOrder(
      ring.filter((entry) => farthest(entry, near.centre) >= begin),
      near,
      least,
      outer,
    );
    if (outer >= end) return;
    least = outer;
    inner = outer;
    outer = Math.min(end, outer * 2);
    most = Math.max(most * 2, ring.length * 4);
  }
}

function isNarrow(inner: number, outer: number): boolean {
  return outer - inner < Math.max(NARROWEST, inner * 1e-3);
}

/** All entries whose box comes as near as the chord; undefined when there are more than `most`, which counting tells faster. */
function entriesWithin(
  entries: SphereEntries,
  { centre: [x, y, z] }: Near,
  chord: number,
  most: number | undefined,
): SphereEntry[] | undefined {
  const box: Box = [x - chord, x + chord, y - chord, y + chord, z - chord, z + chord];
  if (most !== undefined && entries.countMeeting(box, most + 1) > most) return undefined;
  return entries.meeting(box);
}

/** Those whose box is farther than `least`, and not farther than `outer`, the nearest first. Chords. */
function* inOrder(ring: readonly SphereEntry[], { centre }: Near, least: number, outer: number): Generator<Outward> {
  const last = outer >= WHOLE;
  const rated: { chord: number; entry: SphereEntry }[] = [];
  for (const entry of ring) {
    const chord = Math.sqrt(boxChordSquared(entry, centre));
    if (chord > least && (chord <= outer || last)) rated.push({ chord, entry });
  }
  rated.sort((a, b) => a.chord - b.chord);
  for (const { chord, entry } of rated) yield { least: angleOfChord(Math.min(4, chord * chord)) * EARTH_RADIUS, entry };
}

/** The chord to the farthest corner of the box: a part that lies wholly nearer than the bounds makes its place too near. */
function farthest([minX, maxX, minY, maxY, minZ, maxZ]: SphereEntry, [x, y, z]: Vector): number {
  const dx = Math.max(x - minX, maxX - x);
  const dy = Math.max(y - minY, maxY - y);
  const dz = Math.max(z - minZ, maxZ - z);
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

/** Rows whose distance is known, until nothing nearer can come. */
class NearestFirst {
  /** The farthest first, so that the nearest is taken off the end. */
  readonly #rows: NearRow[] = [];

  add(row: NearRow): void {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comesBefore(row, this.#rows[middle]!)) low = middle + 1;
      else high = middle;
    }
    this.#rows.splice(low, 0, row);
  }

  /** Gives out the rows that are nearer than so many metres, by more than rounding. */
  *until(metres: number): Generator<NearRow> {
    while (this.#rows.length > 0 && this.#rows.at(-1)!.distance < metres - 1e-6) yield this.#rows.pop()!;
  }
}

function comesBefore(a: NearRow, b: NearRow): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.rid < b.rid);
}

import { AerolithError } from '@aerolithdb/protocol';
import { type Box, boxesOfSearch, type NearCondition, nearOf, type SphereSearch, type Test } from '@aerolithdb/query';
import type { IndexRecord } from '../../catalogue.ts';
import { kindNameOf } from '../../index-kinds/kind-of.ts';
import { type Asked, isSorted, usableIndexes } from '../asked.ts';
import type { RowSource, RowsCandidate } from '../candidate.ts';
import { type Conjunct, type FieldConjunct, isFieldConjunct } from '../conjuncts.ts';
import { bind, type Fragment, sql } from '../sql-fragment.ts';
import { nearestRows } from './nearest-places.ts';
import { PlaceReader } from './place-reader.ts';
import { rowsWithin } from './places-within.ts';
import { SphereEntries } from './sphere-entries.ts';

/** Entries that an estimate counts; beyond, the share of the sphere tells. */
const COUNTED = 2000;
/** What one entry costs, in documents of a scan. */
const ENTRY_WORK = 2;
/** Rows of the first piece of a walk by distance when nothing says how many are wanted, and of the largest. */
const FIRST_PIECE = 100;
const LARGEST_PIECE = 2000;

/**
 * The ways through indexes of places: of a `$near` the only one, of each `$geoWithin` and `$geoIntersects` on the sphere one.
 * Throws `invalid_filter` for a `$near` without its index, unless only the number of documents is asked for.
 */
export function sphereCandidates(asked: Asked): readonly RowsCandidate[] {
  const near = nearOf(asked.wanted.filter);
  if (near !== undefined && asked.wanted.counting !== true) return [nearCandidate(asked, near)];
  return asked.conjuncts.filter(isFieldConjunct).flatMap((conjunct) => {
    const search = searchOf(conjunct.test);
    const index = search === undefined ? undefined : indexOn(asked, conjunct.path.join('.'));
    return search === undefined || index === undefined ? [] : [withinCandidate(asked, index, conjunct, search)];
  });
}

function searchOf(test: Test): SphereSearch | undefined {
  if (test.op === 'geoIntersects') return { meeting: test.geometry };
  return test.op === 'geoWithin' && test.region.kind !== 'flat' ? { within: test.region } : undefined;
}

function indexOn({ collection }: Asked, path: string): IndexRecord | undefined {
  return usableIndexes(collection).find((index) => kindNameOf(index) === '2dsphere' && index.keys[0]![0] === path);
}

function withinCandidate(asked: Asked, index: IndexRecord, conjunct: FieldConjunct, search: SphereSearch): RowsCandidate {
  const { connection } = asked.known;
  const entries = new SphereEntries(connection, index.table);
  const expected = expectedEntries(entries, search, asked.known.documents);
  let found: Fragment | undefined;
  const rows: RowSource = {
    get statement() {
      const reader = new PlaceReader(connection, asked.collection.table, conjunct.path);
      found ??= ridList(rowsWithin(entries, reader, { path: conjunct.path, test: conjunct.test, search }));
      return found;
    },
  };
  return {
    kind: 'rows',
    names: [index.name],
    does: conjunct.test.op === 'geoWithin' ? 'places within' : 'places that meet',
    rows,
    expected,
    work: expected * ENTRY_WORK,
    settled: [conjunct],
    exact: asked.conjuncts.length === 1,
    sorted: !isSorted(asked.wanted),
  };
}

function expectedEntries(entries: SphereEntries, search: SphereSearch, documents: number): number {
  return boxesOfSearch(search).reduce((sum, box) => {
    const counted = entries.countMeeting(box, COUNTED);
    return sum + (counted < COUNTED ? counted : Math.max(COUNTED, documents * shareOfSphere(box)));
  }, 0);
}

/** That of a cap as wide as the box, by its area. */
function shareOfSphere([minX, maxX, minY, maxY, minZ, maxZ]: Box): number {
  return Math.min(1, ((maxX - minX) ** 2 + (maxY - minY) ** 2 + (maxZ - minZ) ** 2) / 16);
}

function ridList(rids: readonly number[]): Fragment {
  return sql`SELECT value AS rid FROM json_each(${bind(JSON.stringify(rids))})`;
}

function nearCandidate(asked: Asked, near: NearCondition): RowsCandidate {
  const { wanted, known, collection, conjuncts } = asked;
  const index = indexOn(asked, near.path.join('.'));
  if (index === undefined) throw noIndex(collection.name, near.path.join('.'));
  const conjunct = conjuncts.find((part) => isNear(part, near));
  const nearest = () =>
    nearestRows(
      new SphereEntries(known.connection, index.table),
      new PlaceReader(known.connection, collection.table, near.path),
      near,
      { wanted: wanted.limit ?? FIRST_PIECE, documents: known.documents },
    );
  const rows: RowSource = {
    get statement() {
      return nearList([...nearest()]);
    },
    pieces: () => piecesOf(nearest(), isSorted(wanted) ? LARGEST_PIECE : (wanted.limit ?? FIRST_PIECE)),
    orderColumn: 'distance',
  };
  const expected = known.documents;
  return {
    kind: 'rows',
    names: [index.name],
    does: 'places by distance',
    rows,
    expected,
    work: 0,
    settled: conjunct === undefined ? [] : [conjunct],
    exact: conjuncts.length === 1,
    sorted: !isSorted(wanted),
    only: true,
  };
}

function isNear(conjunct: Conjunct, { near }: NearCondition): boolean {
  return isFieldConjunct(conjunct) && conjunct.test.op === 'near' && conjunct.test.near === near;
}

/** The first piece holds what is wanted, the next ones twice as many each: a filter may leave few of them. */
function* piecesOf(rows: Iterable<{ readonly rid: number; readonly distance: number }>, first: number): Generator<Fragment> {
  let piece: { rid: number; distance: number }[] = [];
  let size = Math.max(1, Math.min(first, LARGEST_PIECE));
  for (const row of rows) {
    piece.push(row);
    if (piece.length < size) continue;
    yield nearList(piece);
    piece = [];
    size = Math.min(size * 2, LARGEST_PIECE);
  }
  if (piece.length > 0) yield nearList(piece);
}

function nearList(rows: readonly { readonly rid: number; readonly distance: number }[]): Fragment {
  const list = JSON.stringify(rows.map(({ rid, distance }) => [rid, distance]));
  return sql`SELECT value ->> 0 AS rid, value ->> 1 AS distance FROM json_each(${bind(list)})`;
}

function noIndex(collection: string, path: string): AerolithError {
  return new AerolithError(
    'invalid_filter',
    `$near needs an index of places, and "${collection}" has none on "${path}". Make one: {"keys": {"${path}": "2dsphere"}}.`,
    { operator: '$near', collection, field: path },
  );
}

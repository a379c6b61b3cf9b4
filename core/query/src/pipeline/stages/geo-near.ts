import { type Document, double, isDocument, type Value } from '@aerolithdb/protocol';
import { bindFilter } from '../../bind-filter.ts';
import { EVERYTHING, type Filter, type Path } from '../../filter.ts';
import { withDistance } from '../../geo/distance-of.ts';
import type { Near } from '../../geo/near.ts';
import { parseNear } from '../../geo/parse-geo.ts';
import { matches } from '../../matches.ts';
import { metadataOf, withMetadata } from '../../metadata.ts';
import { asNumber } from '../../numeric.ts';
import { parseFilter } from '../../parse-filter.ts';
import { hold } from '../held-documents.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Run } from '../run.ts';
import { documentOf, fieldPathOf, optionsOf } from '../stage-arguments.ts';
import { withValue } from '../with-value.ts';

/** What `$geoNear` asks for. */
export type GeoNear = {
  /** Where the places are; undefined: at the path of the only index of places. */
  readonly path: Path | undefined;
  readonly near: Near;
  readonly query: Filter;
  /** Fields that the distance, and the place that it is of, are put into. */
  readonly distanceField: Path | undefined;
  readonly includeLocs: Path | undefined;
  readonly distanceMultiplier: number;
};

/** `$geoNear`: documents by the distance of their places, the nearest first. */
export type GeoNearStage = { readonly kind: 'geoNear'; readonly search: GeoNear };

/** What `$geoNear` adds to documents that come in its order already. */
export type GeoDistanceStage = { readonly kind: 'geoDistance'; readonly search: GeoNear };

const OPTIONS = [
  'near',
  'distanceField',
  'spherical',
  'query',
  'key',
  'minDistance',
  'maxDistance',
  'includeLocs',
  'distanceMultiplier',
];

export function parseGeoNear(value: Value, reading: Reading): GeoNearStage {
  const options = optionsOf('$geoNear', value, OPTIONS, ['near']);
  const path = (name: string) => (options.has(name) ? fieldPathOf('$geoNear', options.get(name), name) : undefined);
  return {
    kind: 'geoNear',
    search: {
      path: path('key'),
      near: nearOf(options),
      query: options.has('query')
        ? parseFilter(documentOf('$geoNear', options.get('query'), 'a filter as "query"'), reading)
        : EVERYTHING,
      distanceField: path('distanceField'),
      includeLocs: path('includeLocs'),
      distanceMultiplier: multiplierOf(options),
    },
  };
}

/** The same as a `$near` of a filter has it: bounds are metres, or radians for a legacy point. */
function nearOf(options: Document): Near {
  const bounds: Document = new Map();
  for (const name of ['minDistance', 'maxDistance']) if (options.has(name)) bounds.set(`$${name}`, options.get(name)!);
  const near = options.get('near')!;
  return isDocument(near) && near.has('type')
    ? parseNear('$geoNear', new Map([['$geometry', near], ...bounds]), new Map())
    : parseNear('$geoNear', near, bounds);
}

function multiplierOf(options: Document): number {
  const multiplier = options.has('distanceMultiplier') ? asNumber(options.get('distanceMultiplier')) : 1;
  if (multiplier !== undefined && multiplier >= 0) return multiplier;
  throw invalidPipeline('$geoNear', 'The "distanceMultiplier" of $geoNear is a number that is not negative.');
}

/** The filter that selects what the stage gives, in its order. */
export function geoNearFilter({ path, near, query }: GeoNear, run: Run): Filter {
  const place: Filter = { kind: 'field', path: placePath(path), test: { op: 'near', near } };
  return { kind: 'and', filters: [place, bindFilter(query, run)] };
}

/** Throws `invalid_pipeline` when nothing says where the places are. */
function placePath(path: Path | undefined): Path {
  if (path !== undefined) return path;
  throw invalidPipeline('$geoNear', '$geoNear does not know which field holds the places; name it as "key".');
}

export function* runGeoNear({ search }: GeoNearStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const filter = geoNearFilter(search, run);
  const { documents } = hold(selected(filter, input), run.memory, '$geoNear');
  const measured = documents.map((document) => withDistance(document, { path: placePath(search.path), near: search.near }));
  yield* runGeoDistance({ kind: 'geoDistance', search }, measured.sort(byDistance));
}

function* selected(filter: Filter, input: Iterable<Document>): Generator<Document> {
  for (const document of input) if (matches(filter, document)) yield document;
}

function byDistance(a: Document, b: Document): number {
  return asNumber(metadataOf(a)?.geoNearDistance)! - asNumber(metadataOf(b)?.geoNearDistance)!;
}

export function* runGeoDistance({ search }: GeoDistanceStage, input: Iterable<Document>): Generator<Document> {
  const { near, distanceField, includeLocs, distanceMultiplier } = search;
  for (const document of input) {
    const metadata = metadataOf(withDistance(document, { path: placePath(search.path), near }));
    const distance = double(asNumber(metadata?.geoNearDistance)! * distanceMultiplier);
    let made = distanceField === undefined ? document : withValue(document, distanceField, distance);
    if (includeLocs !== undefined) made = withValue(made, includeLocs, metadata?.geoNearPoint);
    yield withMetadata(made, { ...metadata, geoNearDistance: distance });
  }
}

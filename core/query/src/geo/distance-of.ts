import { type Document, double } from '@aerolithdb/protocol';
import { withMetadata } from '../metadata.ts';
import type { NearCondition } from './near-condition.ts';
import { nearestAt } from './places.ts';
import { EARTH_RADIUS } from './vector.ts';

/** The document with what `$meta` says of its distance: metres (radians where the point was a legacy one), and its nearest place. */
export function withDistance(document: Document, { path, near }: NearCondition): Document {
  const nearest = nearestAt(document, path, near);
  if (nearest === undefined) return document;
  const distance = double(near.radians ? nearest.distance / EARTH_RADIUS : nearest.distance);
  return withMetadata(document, { geoNearDistance: distance, geoNearPoint: nearest.place });
}

import type { ReadRequest } from '@aerolithdb/protocol';
import { fingerprintOf, shapeOfFields, shapeOfFilter, shapeOfPipeline } from '../plan/shape.ts';

/** A read without its constants, as JSON texts: nothing of the data is in it. */
export type QueryShape = {
  readonly kind: ReadRequest['kind'];
  readonly collection?: string;
  readonly filter?: string;
  readonly sort?: string;
  readonly pipeline?: string;
};

export function shapeOfRequest(request: ReadRequest): QueryShape {
  const { kind } = request;
  return {
    kind,
    ...('collection' in request && request.collection !== undefined ? { collection: request.collection } : {}),
    ...('filter' in request && request.filter !== undefined ? { filter: shapeOfFilter(request.filter) } : {}),
    ...('sort' in request && request.sort !== undefined ? { sort: shapeOfFields(request.sort) } : {}),
    ...('pipeline' in request ? { pipeline: shapeOfPipeline(request.pipeline) } : {}),
  };
}

/** The same for requests that differ in their constants alone. */
export function fingerprintOfRequest(request: ReadRequest): string {
  return fingerprintOfShape(shapeOfRequest(request));
}

export function fingerprintOfShape({ kind, collection, filter, sort, pipeline }: QueryShape): string {
  return fingerprintOf(kind, collection, filter, sort, pipeline);
}

/** Longitude, then latitude, in degrees; on the plane any two numbers. */
export type Position = readonly [x: number, y: number, ...further: number[]];

/** A GeoJSON geometry (RFC 7946). */
export type GeoJson =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly GeoJson[] };

type Area =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

/** What places lie in. Radii of `$centerSphere` are radians. */
export type Region =
  | { readonly $geometry: Area }
  | { readonly $centerSphere: readonly [centre: Position, radians: number] }
  | { readonly $box: readonly [corner: Position, opposite: Position] }
  | { readonly $polygon: readonly Position[] }
  | { readonly $center: readonly [centre: Position, radius: number] };

/** Distances are metres with `$geometry`, and radians, beside it, with a plain position. */
export type NearPoint =
  | {
      readonly $geometry: Extract<GeoJson, { readonly type: 'Point' }>;
      readonly $minDistance?: number;
      readonly $maxDistance?: number;
    }
  | Position;

/** Operators on values that can be places: objects and arrays. */
export type GeoOperators = {
  readonly $geoWithin?: Region;
  readonly $geoIntersects?: { readonly $geometry: GeoJson };
  readonly $near?: NearPoint;
  readonly $nearSphere?: NearPoint;
  readonly $minDistance?: number;
  readonly $maxDistance?: number;
};

import type { IndexSpec } from '@aerolithdb/protocol';
import { cityTexts } from '../../data/cities.ts';
import { Postgres } from '../../peers/postgres.ts';
import { type Case, isMissing, joined, measure, type Outcome, rowOf, skip } from './comparison.ts';
import type { Scene } from './scene.ts';

type Point = readonly [longitude: number, latitude: number];

const NEAREST = 'nearest 10 cities of a point';
const INSIDE = 'cities inside a polygon';
const AGAINST = 'PostGIS, geography + GiST';
const CORNERS = 7;
/** Degrees from the middle of a polygon to its corners. */
const REACH = 0.7;

/** Cities by where they are, on the sphere. */
export async function geoRows(scene: Scene): Promise<Outcome> {
  const { ours, postgres, postgis, sizes, progress } = scene;
  progress('nearest cities; cities inside a polygon');
  const leaveOut = (why: string): Outcome => joined([skip(NEAREST, AGAINST, why), skip(INSIDE, AGAINST, why)]);
  try {
    await ours.createIndex('cities', { name: 'location_2dsphere', keys: [['location', '2dsphere']] } as unknown as IndexSpec);
  } catch (error) {
    if (isMissing(error)) return leaveOut(error.message);
    throw error;
  }
  if (!(postgres instanceof Postgres)) return leaveOut(postgres.why);
  if (postgis !== undefined) return leaveOut(postgis.why);
  const shared = { against: AGAINST, ours: 'ours', other: 'other', bound: { floor: 0.8, aim: 2 } } as const;
  const points = pointsOf(sizes.cities);
  return joined([
    rowOf(await measure([nearest(scene, postgres, points)], sizes), { work: NEAREST, ...shared }),
    rowOf(await measure([inside(scene, postgres, points)], sizes), { work: INSIDE, ...shared }),
  ]);
}

function nearest({ ours }: Scene, postgres: Postgres, points: readonly Point[]): Case {
  const sql = 'SELECT doc FROM cities ORDER BY place <-> ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography LIMIT 10';
  const point = (n: number): Point => points[n % points.length]!;
  return {
    name: 'nearest',
    ordered: true,
    ask: {
      ours: (n) =>
        ours.find({
          collection: 'cities',
          filter: { location: { $near: { $geometry: { type: 'Point', coordinates: point(n) } } } },
          limit: 10,
        }),
      other: (n) => postgres.documents(sql, [...point(n)]),
    },
  };
}

function inside({ ours }: Scene, postgres: Postgres, points: readonly Point[]): Case {
  const sql = 'SELECT doc FROM cities WHERE ST_Covers(ST_GeomFromGeoJSON($1)::geography, place)';
  const polygon = (n: number) => ({ type: 'Polygon', coordinates: [ringAround(points[n % points.length]!)] });
  return {
    name: 'inside',
    ordered: false,
    ask: {
      ours: (n) => ours.find({ collection: 'cities', filter: { location: { $geoWithin: { $geometry: polygon(n) } } } }),
      other: (n) => postgres.documents(sql, [JSON.stringify(polygon(n))]),
    },
  };
}

/** Points a little beside cities all over the data, away from the poles and the date line. */
function pointsOf(cities: number): Point[] {
  const parsed = cityTexts(cities).map((text) => JSON.parse(text) as { location: { coordinates: Point } });
  const places = parsed.map(({ location }) => location.coordinates).filter(([x, y]) => Math.abs(x) < 170 && Math.abs(y) < 60);
  return Array.from({ length: 97 }, (_, n) => {
    const [x, y] = places[(n * 7919) % places.length]!;
    return [x + 0.013, y - 0.017];
  });
}

function ringAround([x, y]: Point): Point[] {
  const corners = Array.from({ length: CORNERS }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / CORNERS;
    return [x + REACH * Math.cos(angle), y + REACH * Math.sin(angle)];
  });
  return [...corners, corners[0]!];
}

import { seededRandom } from '../pipeline/seeded-random.ts';
import { add, scale, unit, type Vector, vectorOf } from './vector.ts';

/** For tests: places and outlines out of a seed, anywhere on the sphere, poles and antimeridian too. */
export class RandomShapes {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /** Longitude and latitude; every part of the sphere is as likely. */
  position(): [number, number] {
    return [this.between(-180, 180), (Math.asin(this.between(-1, 1)) * 180) / Math.PI];
  }

  /** Longitude and latitude of a place at most so many degrees away. */
  near([longitude, latitude]: readonly [number, number], degrees: number): [number, number] {
    return this.at([longitude, latitude], this.between(0, 360), degrees * Math.sqrt(this.random()));
  }

  /** An outline around a centre: from there all of it is seen. Counterclockwise, closed. */
  star(centre: readonly [number, number], least: number, most: number, vertices: number): [number, number][] {
    const ring = Array.from({ length: vertices }, (_, i) =>
      this.at(centre, (360 * (i + this.between(0.1, 0.9))) / vertices, this.between(least, most)),
    );
    return [...ring, ring[0]!];
  }

  /** The place so many degrees away in a direction, which turns counterclockwise from the east. */
  at([longitude, latitude]: readonly [number, number], direction: number, degrees: number): [number, number] {
    const centre = vectorOf(longitude, latitude);
    const east = vectorOf(longitude + 90, 0);
    const north: Vector = [
      centre[1] * east[2] - centre[2] * east[1],
      centre[2] * east[0] - centre[0] * east[2],
      centre[0] * east[1] - centre[1] * east[0],
    ];
    const [turn, far] = [(direction * Math.PI) / 180, (degrees * Math.PI) / 180];
    const aside = add(scale(east, Math.cos(turn)), scale(north, Math.sin(turn)));
    return positionOf(unit(add(scale(centre, Math.cos(far)), scale(aside, Math.sin(far)))));
  }
}

export function positionOf([x, y, z]: Vector): [number, number] {
  return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
}

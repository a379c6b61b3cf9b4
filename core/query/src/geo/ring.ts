import { type Box, boxOfPoint, growBox, joinBoxes, planeMeetsBox } from './box.ts';
import { AXES } from './edge.ts';
import { EdgeChain, type Run } from './edge-chain.ts';
import { angleOf } from './trigonometry.ts';
import { add, chordSquared, cross, dot, lengthOf, normalOf, scale, subtract, TOLERANCE, unit, type Vector } from './vector.ts';

/** Where a point lies: `boundary` within the tolerance of an edge. */
export type Place = 'inside' | 'outside' | 'boundary';

/** Directions that are no one's longitude or latitude by chance, to count crossings from. */
const WITNESSES: readonly Vector[] = [
  unit([0.2846, 0.5193, 0.8057]),
  unit([-0.7119, 0.3971, -0.5791]),
  unit([0.6113, -0.7717, 0.1759]),
  unit([-0.3313, -0.5927, 0.7341]),
  unit([0.8461, 0.4397, -0.3019]),
];

/** Chord, squared, beyond which an arc to a witness is close to half a turn and its plane uncertain. */
const FAR = 3.5;

type Witness = { readonly at: Vector; readonly inside: boolean };

/**
 * A closed chain that does not cross itself, and the side of it that is its inside. Whether a point is inside follows from the
 * edges that an arc to a witness crosses, whose side is known.
 */
export class Ring {
  readonly chain: EdgeChain;
  readonly #witnesses: readonly Witness[];
  #box: Box | undefined;

  private constructor(chain: EdgeChain) {
    this.chain = chain;
    this.#witnesses = witnessesOf(chain);
  }

  /** The inside is on the left of its edges. */
  static leftOf(vertices: readonly Vector[]): Ring {
    return new Ring(new EdgeChain(vertices, true));
  }

  /** The inside is the smaller part of the sphere, whichever way the vertices go. */
  static smaller(vertices: readonly Vector[]): Ring {
    return Ring.leftOf(turning(vertices) < -1e-10 ? vertices.toReversed() : vertices);
  }

  /** `tolerance`: the chord to an edge within which a point is on the boundary. */
  locate(point: Vector, tolerance: number = TOLERANCE): Place {
    if (this.chain.comesNear(point, tolerance)) return 'boundary';
    const witness = this.#witnesses.find(({ at }) => chordSquared(at, point) < FAR) ?? this.#witnesses[0]!;
    return witness.inside === (crossings(this.chain, point, witness.at, -1) % 2 === 0) ? 'inside' : 'outside';
  }

  /** Around everything inside, also where that bulges beyond the edges. */
  get box(): Box {
    this.#box ??= this.#around();
    return this.#box;
  }

  #around(): Box {
    let box = this.chain.tree.box;
    for (const axis of AXES)
      for (const pole of [axis, scale(axis, -1)]) if (this.locate(pole) !== 'outside') box = joinBoxes(box, boxOfPoint(pole));
    return growBox(box, TOLERANCE);
  }

  /** A point inside (`true`) or outside of it, next to the middle of an edge. */
  pointBeside(inside: boolean): Vector {
    const wanted: Place = inside ? 'inside' : 'outside';
    for (let step = 1e-3; step > 1e-11; step /= 10)
      for (let edge = 0; edge < this.chain.edges; edge += 1) {
        const [a, b] = [this.chain.start(edge), this.chain.end(edge)];
        const aside = scale(unit(normalOf(a, b)), lengthOf(subtract(b, a)) * (inside ? step : -step));
        const point = unit(add(unit(add(a, b)), aside));
        if (this.locate(point) === wanted) return point;
      }
    return scale(this.chain.start(0), -1);
  }
}

/**
 * The sum of the turns to the left, in radians: positive when the part on the left is the smaller one, by the theorem of Gauss and
 * Bonnet (its area is a full turn less this sum).
 */
function turning(vertices: readonly Vector[]): number {
  let sum = 0;
  for (let i = 0; i < vertices.length; i += 1) {
    const [a, b, c] = [vertices.at(i - 1)!, vertices[i]!, vertices[(i + 1) % vertices.length]!];
    const [before, after] = [normalOf(a, b), normalOf(b, c)];
    const across = cross(before, after);
    const angle = angleOf(lengthOf(across), dot(before, after));
    sum += dot(across, b) >= 0 ? angle : -angle;
  }
  return sum;
}

/** Two at least, none on an edge, so that for every point one of them is not opposite. */
function witnessesOf(chain: EdgeChain): Witness[] {
  const clear = WITNESSES.filter((at) => !chain.comesNear(at, 1e-9));
  return clear.slice(0, 3).map((at) => ({ at, inside: isLeft(chain, at) }));
}

/**
 * An arc from the witness to the middle of an edge arrives there from one of its sides, which the crossings of the other edges carry
 * back to the witness.
 */
function isLeft(chain: EdgeChain, witness: Vector): boolean {
  const edge = bestEdge(chain, witness);
  const [a, b] = [chain.start(edge), chain.end(edge)];
  const arrivesLeft = dot(normalOf(a, b), witness) > 0;
  return arrivesLeft === (crossings(chain, unit(add(a, b)), witness, edge) % 2 === 0);
}

/** An edge that is long and seen from the side. */
function bestEdge(chain: EdgeChain, witness: Vector): number {
  let [best, most] = [0, -1];
  for (let edge = 0; edge < chain.edges; edge += 1) {
    const [a, b] = [chain.start(edge), chain.end(edge)];
    const opposite = chordSquared(witness, unit(add(a, b))) > FAR;
    const seen = Math.abs(dot(normalOf(a, b), witness)) * (opposite ? 1e-3 : 1);
    if (seen > most) [best, most] = [edge, seen];
  }
  return best;
}

/** How many edges, `except` one, the arc from a point to a witness crosses. A vertex on the arc counts as on the left of it. */
function crossings(chain: EdgeChain, point: Vector, witness: Vector, except: number): number {
  const normal = normalOf(point, witness);
  let count = 0;
  const visit = (run: Run): void => {
    if (!planeMeetsBox(normal, run.box)) return;
    if (run.halves !== undefined) {
      visit(run.halves[0]);
      visit(run.halves[1]);
      return;
    }
    let before = dot(normal, chain.start(run.first)) >= 0;
    for (let edge = run.first; edge < run.end; edge += 1) {
      const after = dot(normal, chain.end(edge)) >= 0;
      if (before !== after && edge !== except && isBetween(chain, edge, point, witness, after)) count += 1;
      before = after;
    }
  };
  visit(chain.tree);
  return count;
}

/** Whether an edge that cuts the great circle of point and witness, from right to left (`leftwards`) or back, cuts the arc between them. */
function isBetween(chain: EdgeChain, edge: number, point: Vector, witness: Vector, leftwards: boolean): boolean {
  const a = chain.start(edge);
  const plane = normalOf(a, chain.end(edge));
  const ofPoint = dot(plane, subtract(point, a));
  const ofWitness = dot(plane, subtract(witness, a));
  return leftwards ? ofPoint >= 0 && ofWitness < 0 : ofPoint < 0 && ofWitness >= 0;
}

/** Numbers of a vector, as many as small models of sentences give. */
export const DIMENSIONS = 384;

/** Vectors lie around so many middles, as texts do around their subjects. */
const MIDDLES = 200;
/** How far from its middle a vector lies; the middles have length 1. */
const SPREAD = 0.6;

/** Vector `n`, of length 1. The same `n` gives the same numbers; `wobble` moves it a little, for a query near it. */
export function vectorOf(n: number, wobble = 0): Float32Array {
  const middle = gaussian(n % MIDDLES);
  const own = gaussian(1_000_003 + n);
  const moved = wobble === 0 ? undefined : gaussian(2_000_003 + n);
  return normalised(middle.map((value, i) => value + SPREAD * own[i]! + wobble * (moved?.[i] ?? 0)));
}

/** The vector as BSON's binary of floats, in Extended JSON. */
export function vectorJson(vector: Float32Array): Record<string, unknown> {
  const bytes = Buffer.concat([Buffer.of(0x27, 0), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]);
  return { $binary: { base64: bytes.toString('base64'), subType: '09' } };
}

function gaussian(seed: number): Float32Array {
  let state = (Math.imul(seed + 1, 2_654_435_761) ^ 0x9e3779b9) >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Float32Array.from(
    { length: DIMENSIONS },
    () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

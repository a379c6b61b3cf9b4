/**
 * Sine, cosine and arctangent out of additions, multiplications, divisions and square roots alone, which IEEE 754 determines to the
 * last bit: every engine on every machine gives the same, which it need not for `Math.sin`. The polynomials are those of FDLIBM
 * (`k_sin.c`, `k_cos.c`, `s_atan.c`; Sun Microsystems 1993, freely granted); the error is below one unit in the last place of each kernel.
 */

const SINE = [
  -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 0.0000027557313707070068, -2.5050760253406863e-8,
  1.58969099521155e-10,
] as const;
const COSINE = [
  0.0416666666666666, -0.001388888888887411, 0.00002480158728947673, -2.7557314351390663e-7, 2.087572321298175e-9,
  -1.1359647557788195e-11,
] as const;
const ARCTANGENT = [
  0.3333333333333293, -0.19999999999876483, 0.14285714272503466, -0.11111110405462356, 0.09090887133436507, -0.0769187620504483,
  0.06661073137387531, -0.058335701337905735, 0.049768779946159324, -0.036531572744216916, 0.016285820115365782,
] as const;

/** From here on a number is replaced by a near one whose arctangent is known: of 1/2, 1, 3/2 and infinity, in two parts each. */
const ANCHORS = [
  [0.4375, 0.4636476090008061, 2.2698777452961687e-17],
  [0.6875, 0.7853981633974483, 3.061616997868383e-17],
  [1.1875, 0.982793723247329, 1.3903311031230998e-17],
  [2.4375, 1.5707963267948966, 6.123233995736766e-17],
] as const;

const RADIANS_A_DEGREE = Math.PI / 180;

/** Sine and cosine of an angle in degrees. Whole quarters of a turn are exact. */
export function sineAndCosine(degrees: number): readonly [sine: number, cosine: number] {
  const quarter = Math.round(degrees / 90);
  const x = (degrees - quarter * 90) * RADIANS_A_DEGREE;
  const [sine, cosine] = [sineNearZero(x), cosineNearZero(x)];
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return [sine, cosine];
    case 1:
      return [cosine, 0 - sine];
    case 2:
      return [0 - sine, 0 - cosine];
    default:
      return [0 - cosine, sine];
  }
}

function sineNearZero(x: number): number {
  const z = x * x;
  return x + x * z * polynomial(SINE, z);
}

function cosineNearZero(x: number): number {
  const z = x * x;
  const half = 0.5 * z;
  const most = 1 - half;
  return most + (1 - most - half + z * z * polynomial(COSINE, z));
}

/** The angle in radians, 0 to pi, whose tangent is `y / x`, for `y` not negative. 0 for both 0. */
export function angleOf(y: number, x: number): number {
  if (y === 0 && x >= 0) return 0;
  if (x === 0) return Math.PI / 2;
  return x > 0 ? arctangent(y / x) : Math.PI - arctangent(y / (0 - x));
}

/** Of a number that is not negative. */
function arctangent(x: number): number {
  if (x < ANCHORS[0][0]) return x - x * arctangentSeries(x);
  const anchor = x < ANCHORS[1][0] ? 0 : x < ANCHORS[2][0] ? 1 : x < ANCHORS[3][0] ? 2 : 3;
  const [, high, low] = ANCHORS[anchor];
  const t = [(2 * x - 1) / (2 + x), (x - 1) / (x + 1), (x - 1.5) / (1 + 1.5 * x), -1 / x][anchor]!;
  return high - (t * arctangentSeries(t) - low - t);
}

function arctangentSeries(x: number): number {
  const z = x * x;
  return z * polynomial(ARCTANGENT, z);
}

function polynomial(coefficients: readonly number[], z: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i -= 1) sum = sum * z + coefficients[i]!;
  return sum;
}

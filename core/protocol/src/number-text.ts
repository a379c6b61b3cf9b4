/** Digits of a value as ±0.d₁d₂… × 10^magnitude, with no zero at either end of `digits`. */
type Decimal = { readonly digits: string; readonly magnitude: number };

/** A text with at most this many digits names a normal double by which it can be found again (`DBL_DIG` of C). */
const SAFE_DIGITS = 15;
/** Most digits that the language prints of a double. */
const PRINTED_DIGITS = 100;
const NORMAL_MIN = 2.2250738585072014e-308;

/**
 * Whether a number text is kept by `value`, the double nearest to it: whether the double, printed, gives that number back.
 *
 * 1. Digits count from the first that is not 0 to the last that is not 0: `1.10`, `100.0` and `1e2` are the numbers 1.1 and 100.
 * 2. It is kept when the shortest text of the double is the same number, or the double rounded to as many digits as the text has.
 *    So every number of up to 15 digits is kept (`0.1`, `1e-7`), and so is whatever a program printed of a double, with 17 digits
 *    (`0.10000000000000001`) or more.
 * 3. It is not kept when digits are lost (`0.1234567890123456789`, `12345678901234567890.5`), when it overflows (`1e400`), vanishes
 *    (`1e-400`), or has more than 100 digits.
 */
export function keepsNumber(value: number, text: string): boolean {
  if (!Number.isFinite(value)) return false;
  if (isNormal(value) && isShort(text)) return true;
  const shortest = String(value);
  if (shortest === text) return true;
  const written = decimalOf(text);
  if (written.digits === '' || value === 0) return written.digits === '' && value === 0;
  if (isSame(written, decimalOf(shortest))) return true;
  return written.digits.length <= PRINTED_DIGITS && isSame(written, decimalOf(value.toPrecision(written.digits.length)));
}

function isNormal(value: number): boolean {
  return value >= NORMAL_MIN || value <= -NORMAL_MIN;
}

/** Whether there are at most `SAFE_DIGITS` after the zeros that a text begins with. */
function isShort(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x39) break;
    if (unit > 0x30 || (unit === 0x30 && digits > 0)) digits++;
  }
  return digits <= SAFE_DIGITS;
}

function isSame(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && a.magnitude === b.magnitude;
}

function decimalOf(text: string): Decimal {
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const magnitude = whole.length - (all.length - digits.length) + Number(exponent);
  return { digits: digits.replace(/0+$/, ''), magnitude };
}

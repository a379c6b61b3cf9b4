const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const SIXTETS = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) SIXTETS[ALPHABET.charCodeAt(i)] = i;

/** Standard base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    text += ALPHABET[group >> 18]! + ALPHABET[(group >> 12) & 63]! + ALPHABET[(group >> 6) & 63]! + ALPHABET[group & 63]!;
  }
  return text + encodeRest(bytes, whole);
}

function encodeRest(bytes: Uint8Array, at: number): string {
  const rest = bytes.length - at;
  if (rest === 0) return '';
  const first = bytes[at]!;
  const second = rest === 2 ? bytes[at + 1]! : 0;
  const start = ALPHABET[first >> 2]! + ALPHABET[((first & 3) << 4) | (second >> 4)]!;
  return rest === 2 ? `${start}${ALPHABET[(second & 15) << 2]}=` : `${start}==`;
}

/** The bytes of standard base64 with padding; undefined when the text is not the one text that encodes them. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const characters = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let at = 0;
  for (let i = 0; i < characters; i++) {
    const sixtet = SIXTETS[text.charCodeAt(i)] ?? -1;
    if (sixtet < 0) return undefined;
    bits = (bits << 6) | sixtet;
    const pending = i & 3;
    if (pending !== 0) bytes[at++] = bits >> (6 - 2 * pending);
  }
  const unused = padding === 0 ? 0 : padding === 1 ? bits & 3 : bits & 15;
  return unused === 0 ? bytes : undefined;
}

import { AerolithError, Binary, type Document, isDocument, type Similarity, type Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { asNumber } from '../numeric.ts';

/** What a vector index says of its vectors. */
export type VectorShape = { readonly path: Path; readonly dimensions: number; readonly similarity: Similarity };

/** BSON's subtype of a vector; its first byte names the type of the elements, its second says how many bits of the last are padding. */
const VECTOR_SUBTYPE = 9;
const FLOAT32 = 0x27;
const INT8 = 0x03;

/**
 * The vector of a document: a list of numbers, or binary of subtype 9 with float32 or int8 elements. Undefined: the field is missing
 * or null. Throws `invalid_vector` for anything else.
 */
export function vectorOf(document: Document, shape: VectorShape): Float32Array | undefined {
  const value = fieldAt(document, shape.path);
  return value === undefined || value === null ? undefined : readVector(value, shape, `"${shape.path.join('.')}"`);
}

/** Reads a vector; `what` names it in the sentence of the error. Throws `invalid_vector`. */
export function readVector(value: Value, { dimensions, similarity }: VectorShape, what: string): Float32Array {
  const numbers = Array.isArray(value) ? ofList(value) : value instanceof Binary ? ofBinary(value) : undefined;
  if (numbers === undefined) throw invalidVector(what, dimensions, 'it is something else');
  if (numbers.length !== dimensions) throw invalidVector(what, dimensions, `it has ${numbers.length}`);
  if (!numbers.every(Number.isFinite)) throw invalidVector(what, dimensions, 'one of them is no finite number');
  if (similarity === 'cosine' && numbers.every((number) => number === 0))
    throw invalidVector(what, dimensions, 'all of them are 0, which has no angle to any other');
  return numbers;
}

/** Elements that are no numbers become NaN, as does nothing that a list of numbers holds. */
function ofList(values: readonly Value[]): Float32Array {
  const numbers = new Float32Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    numbers[i] = typeof value === 'number' ? value : (asNumber(value) ?? Number.NaN);
  }
  return numbers;
}

function ofBinary({ bytes, subtype }: Binary): Float32Array | undefined {
  if (subtype !== VECTOR_SUBTYPE || bytes.length < 2 || bytes[1] !== 0) return undefined;
  const elements = new DataView(bytes.buffer, bytes.byteOffset + 2, bytes.byteLength - 2);
  if (bytes[0] === INT8) return Float32Array.from({ length: elements.byteLength }, (_, i) => elements.getInt8(i));
  if (bytes[0] !== FLOAT32 || elements.byteLength % 4 !== 0) return undefined;
  return Float32Array.from({ length: elements.byteLength / 4 }, (_, i) => elements.getFloat32(4 * i, true));
}

function fieldAt(document: Document, path: Path): Value | undefined {
  let value: Value | undefined = document;
  for (const name of path) value = isDocument(value) ? value.get(name) : undefined;
  return value;
}

function invalidVector(what: string, dimensions: number, wrong: string): AerolithError {
  const message = `${what} must be a list of ${dimensions} numbers within the range of 32-bit floats; ${wrong}.`;
  return new AerolithError('invalid_vector', message, { dimensions });
}

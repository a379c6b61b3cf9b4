import {
  AerolithError,
  compareValues,
  DateTime,
  Decimal128,
  Double,
  Timestamp,
  typeName,
  type Value,
} from '@aerolithdb/protocol';
import { add, multiply, zeroLike } from './arithmetic.ts';
import { addToSet, pop, pull, pullAll, push } from './change-array.ts';
import { identical } from './identical.ts';
import type { BitStep, Change, FieldUpdate, NumberValue } from './update.ts';

export type ChangeContext = {
  /** Block time, milliseconds since 1970. */
  readonly time: number;
  /** The document is being made by an upsert. */
  readonly insert: boolean;
};

/**
 * What a change makes of the value at its path. Undefined stands for a field that is not there, before and after. When nothing
 * changes, the result is `old` itself. Throws `invalid_update` when the change does not fit the value.
 */
export function changedValue(field: FieldUpdate, old: Value | undefined, context: ChangeContext): Value | undefined {
  const next = computed(field, field.change, old, context);
  return old !== undefined && next !== undefined && identical(old, next) ? old : next;
}

function computed(field: FieldUpdate, change: Change, old: Value | undefined, context: ChangeContext): Value | undefined {
  switch (change.op) {
    case 'set':
      return change.value;
    case 'setOnInsert':
      return context.insert ? change.value : old;
    case 'unset':
      return undefined;
    case 'inc':
      return old === undefined ? change.by : add(numberAt(field, old), change.by);
    case 'mul':
      return old === undefined ? zeroLike(change.by) : multiply(numberAt(field, old), change.by);
    case 'min':
      return old === undefined || compareValues(change.value, old) < 0 ? change.value : old;
    case 'max':
      return old === undefined || compareValues(change.value, old) > 0 ? change.value : old;
    case 'currentDate':
      return change.type === 'date' ? new DateTime(context.time) : new Timestamp(Math.floor(context.time / 1000), 1);
    case 'bit':
      return change.steps.reduce(applyBits, old === undefined ? 0 : wholeNumberAt(field, old));
    case 'push':
      return push(change, arrayAt(field, old) ?? []);
    case 'addToSet':
      return addToSet(change.values, arrayAt(field, old) ?? []);
    case 'rename':
      return old;
    default:
      return removed(change, arrayAt(field, old));
  }
}

/** Operators that only take elements out leave a missing array missing. */
function removed(change: Extract<Change, { op: 'pull' | 'pullAll' | 'pop' }>, array: Value[] | undefined): Value[] | undefined {
  if (array === undefined) return undefined;
  if (change.op === 'pull') return pull(change.condition, array);
  return change.op === 'pop' ? pop(change.end, array) : pullAll(change.values, array);
}

function numberAt(field: FieldUpdate, old: Value): NumberValue {
  if (typeof old === 'number' || typeof old === 'bigint' || old instanceof Double || old instanceof Decimal128) return old;
  throw doesNotFit(field, 'a number', old);
}

function wholeNumberAt(field: FieldUpdate, old: Value): number | bigint {
  const type = typeName(old);
  if (type === 'int' || type === 'long') return old as number | bigint;
  throw doesNotFit(field, 'a whole number (int or long)', old);
}

function arrayAt(field: FieldUpdate, old: Value | undefined): Value[] | undefined {
  if (old === undefined || Array.isArray(old)) return old;
  throw doesNotFit(field, 'an array', old);
}

function doesNotFit(field: FieldUpdate, wanted: string, old: Value): AerolithError {
  const path = field.path.join('.');
  const type = typeName(old);
  return new AerolithError(
    'invalid_update',
    `${field.operator} needs ${wanted} at "${path}"; the document has a value of type ${type}.`,
    {
      operator: field.operator,
      path,
      type,
    },
  );
}

function applyBits(value: number | bigint, step: BitStep): number | bigint {
  if (typeof value === 'number' && typeof step.operand === 'number') return bits32(step.by, value, step.operand);
  return bits64(step.by, BigInt(value), BigInt(step.operand));
}

function bits32(by: BitStep['by'], a: number, b: number): number {
  return by === 'and' ? a & b : by === 'or' ? a | b : a ^ b;
}

function bits64(by: BitStep['by'], a: bigint, b: bigint): bigint {
  return by === 'and' ? a & b : by === 'or' ? a | b : a ^ b;
}

import type { Document, ExplainLevel, Value } from '@aerolithdb/protocol';
import {
  AerolithError,
  Double,
  EXPLAIN_LEVELS,
  isDocument,
  NotImplemented,
  suggestNearest,
  toStored,
  typeName,
} from '@aerolithdb/protocol';
import type { Field, Fields, KindTypes, Parsed } from './field.ts';
import { instantFromValue } from './instant.ts';

/**
 * Takes the fields of a request out of an object, each checked for its kind.
 * Throws `invalid_request` for a field that is unknown (naming the nearest), missing or of the wrong type; `not_implemented`
 * for one that is not built yet. `where` names the object in the errors, for instance `operations[2]`.
 */
export function parseFields<F extends Fields>(object: Document, fields: F, where = 'the body'): Parsed<F> {
  const parsed: Record<string, KindTypes[keyof KindTypes]> = {};
  for (const [name, value] of object) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw unknownField(name, fields, where);
    parsed[name] = parseField(value, field, where === 'the body' ? name : `${where}.${name}`);
  }
  for (const name of Object.keys(fields)) {
    if (fields[name]?.required === true && !(name in parsed)) throw missingField(name, where);
  }
  // The loop above has checked each name and kind that the type states.
  return parsed as unknown as Parsed<F>;
}

function unknownField(name: string, fields: Fields, where: string): AerolithError {
  const nearest = suggestNearest(name, Object.keys(fields));
  const hint = nearest === undefined ? `it takes ${Object.keys(fields).join(', ')}` : `did you mean "${nearest}"?`;
  return new AerolithError('invalid_request', `${capital(where)} has no field "${name}"; ${hint}`, {
    field: name,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function missingField(name: string, where: string): AerolithError {
  return new AerolithError('invalid_request', `${capital(where)} must have the field "${name}".`, { field: name });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function parseField(value: Value, field: Field, name: string): KindTypes[keyof KindTypes] {
  if (field.unfinished !== undefined && value !== false) throw new NotImplemented(field.unfinished);
  switch (field.kind) {
    case 'document':
      return isDocument(value) ? value : refuse(name, 'an object', value);
    case 'update':
      return isDocument(value) ? value : documents(value, name);
    case 'documents':
      return documents(value, name);
    case 'documentOrDocuments':
      return isDocument(value) ? [value] : documents(value, name);
    case 'string':
      return text(value, field, name);
    case 'integer':
      return integer(value, field, name);
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(name, 'true or false', value);
    case 'at':
      return instantFromValue(value);
    case 'explain':
      return explainLevel(value, name);
    case 'hint':
      return isDocument(value) ? toStored(value) : text(value, field, name);
    case 'value':
    case 'id':
      return value;
  }
}

function documents(value: Value, name: string): readonly Document[] {
  if (!Array.isArray(value)) return refuse(name, 'an array of objects', value);
  return value.map((element, index) => (isDocument(element) ? element : refuse(`${name}[${index}]`, 'an object', element)));
}

function explainLevel(value: Value, name: string): boolean | ExplainLevel {
  const level = typeof value === 'boolean' ? value : EXPLAIN_LEVELS.find((known) => known === value);
  return level ?? refuse(name, `true, false or one of ${EXPLAIN_LEVELS.join(', ')}`, value);
}

function text(value: Value, field: Field, name: string): string {
  if (typeof value !== 'string') return refuse(name, 'a string', value);
  return allowedText(value, field, name);
}

/** Throws `invalid_request`, naming the nearest, when `field` lists the strings it takes and `value` is none of them. */
export function allowedText(value: string, field: Field, name: string): string {
  if (field.values === undefined || field.values.includes(value)) return value;
  const nearest = suggestNearest(value, field.values);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  throw new AerolithError('invalid_request', `"${name}" must be one of ${field.values.join(', ')}.${hint}`, {
    field: name,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function integer(value: Value, field: Field, name: string): number {
  const number = value instanceof Double ? value.value : typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return refuse(name, 'a whole number', value);
  return boundedInteger(number, field, name);
}

/** Throws `invalid_request` when the number is outside the bounds of `field`. */
export function boundedInteger(number: number, field: Field, name: string): number {
  const min = field.min ?? 0;
  const max = field.max ?? Number.MAX_SAFE_INTEGER;
  if (number >= min && number <= max) return number;
  throw new AerolithError('invalid_request', `"${name}" must be from ${min} to ${max}; it was ${number}.`, { field: name });
}

function refuse(name: string, wanted: string, value: Value): never {
  const subject = name === 'the body' ? 'The body' : JSON.stringify(name);
  throw new AerolithError('invalid_request', `${subject} must be ${wanted}; it was of type ${typeName(value)}.`, { field: name });
}

/** The parsed fields of a body that is, as a whole, its field `name`. Throws like `parseFields`. */
export function parseWhole<F extends Fields>(value: Value, fields: F, name: keyof F & string): Parsed<F> {
  const parsed = { [name]: parseField(value, fields[name]!, 'the body') };
  // A description with `whole` has this one field.
  return parsed as unknown as Parsed<F>;
}

import { AerolithError } from './aerolith-error.ts';
import type { CollectionOptions, Command, Operation, Principal, ReadPrecondition, StoredText } from './command.ts';
import { FIELDS_OF, type Field, type FieldKind, READ_FIELD_LIST } from './command-fields.ts';
import { INDEX_OPTIONS, type IndexOption, type IndexSpec } from './index-spec.ts';

/**
 * Commands as bytes.
 *
 * Invariants:
 * 1. The text is JSON without white space: `{"format":1,"id":…,"actor":…,"operation":{"type":…,…}}`, fields in the order of
 *    `OPERATION_FIELDS`, absent fields left out, grants and weights in the order of their names.
 * 2. Stored texts stand in it as they are, so a document is not written twice and its bytes are what is hashed.
 * 3. One command has one text: `encodeCommand(decodeCommand(t)) === t`.
 *
 * `COMMAND_FORMAT` is raised when any of this changes.
 */
export const COMMAND_FORMAT = 1;

/** The text of a command that `validateCommand` accepts (or that was built out of parts that it would accept). */
export function encodeCommand(command: Command): string {
  const { id, actor, operation } = command;
  return `${COMMAND_HEAD}${JSON.stringify(id)},"actor":${JSON.stringify(actor)},"operation":${encodeOperation(operation)}}`;
}

export const COMMAND_HEAD = `{"format":${COMMAND_FORMAT},"id":`;

function encodeOperation(operation: Operation): string {
  const fields = FIELDS_OF.get(operation.type);
  if (fields === undefined) throw new AerolithError('invalid_command', `There is no operation "${operation.type}".`);
  return `{"type":"${operation.type}"${encodeFields(fields, operation, ',')}}`;
}

function encodeFields(fields: readonly Field[], source: object, before: string): string {
  const values = source as Readonly<Record<string, unknown>>;
  let text = '';
  for (const { name, kind } of fields) {
    const value = values[name];
    if (value !== undefined) text += `${text === '' ? before : ','}"${name}":${encodeField(kind, value)}`;
  }
  return text;
}

function encodeField(kind: FieldKind, value: unknown): string {
  switch (kind) {
    case 'stored':
      return value as StoredText;
    case 'storedList':
      return `[${(value as readonly StoredText[]).join(',')}]`;
    case 'options':
      return encodeOptions(value as CollectionOptions);
    case 'index':
      return encodeIndex(value as IndexSpec);
    case 'principal':
      return encodePrincipal(value as Principal);
    case 'operations':
      return `[${(value as readonly Operation[]).map(encodeOperation).join(',')}]`;
    case 'reads':
      return `[${(value as readonly ReadPrecondition[]).map((read) => `{${encodeFields(READ_FIELD_LIST, read, '')}}`).join(',')}]`;
    default:
      return JSON.stringify(value);
  }
}

function encodeOptions(options: CollectionOptions): string {
  return options.schema === undefined ? '{}' : `{"schema":${JSON.stringify(options.schema)}}`;
}

function encodeIndex(spec: IndexSpec): string {
  const options = (Object.keys(INDEX_OPTIONS) as IndexOption[])
    .filter((name) => spec[name] !== undefined)
    .map((name) => `,"${name}":${name === 'weights' ? encodeSorted(spec.weights ?? {}) : JSON.stringify(spec[name])}`);
  return `{"name":${JSON.stringify(spec.name)},"keys":${JSON.stringify(spec.keys)}${options.join('')}}`;
}

/** The fields of an object in the order of their names. */
function encodeSorted(fields: Readonly<Record<string, unknown>>): string {
  const sorted = Object.keys(fields).sort();
  return `{${sorted.map((name) => `${JSON.stringify(name)}:${JSON.stringify(fields[name])}`).join(',')}}`;
}

function encodePrincipal({ name, kind, secret, grants, expiresAt }: Principal): string {
  const expiry = expiresAt === undefined ? '' : `,"expiresAt":${expiresAt}`;
  const head = `{"name":${JSON.stringify(name)},"kind":${JSON.stringify(kind)},"secret":${JSON.stringify(secret)}`;
  return `${head},"grants":${encodeSorted(grants)}${expiry}}`;
}

/**
 * The files of `contracts/vectors`: the behaviour of values, keys, hashes and commands as data, for clients in any language.
 * The inputs are in `vector-inputs.ts` and `vector-commands.ts`, the outputs come from core/protocol: a changed output is a changed promise.
 */
import {
  AerolithError,
  blockHash,
  type Command,
  canonicalForm,
  changeHash,
  documentHash,
  encodeChange,
  encodeCommand,
  encodeCompoundKey,
  encodeHeader,
  encodeKey,
  fromHex,
  merkleRoot,
  parseDocument,
  parseValue,
  toCanonical,
  toHex,
  toRelaxed,
  toStored,
  typeName,
  validateCommand,
} from '@aerolithdb/protocol';
import type { Generator } from './generated-file.ts';
import { COMMANDS, INVALID_OPERATIONS } from './vector-commands.ts';
import { ASCENDING, CHANGES, COMPOUND, DOCUMENTS, HEADERS, INVALID, LEAVES, VALUES } from './vector-inputs.ts';

/** Every file of `contracts/vectors`. */
export const vectors: Generator = () =>
  Object.entries(FILES).map(([name, make]) => ({
    path: `contracts/vectors/${name}`,
    text: `${JSON.stringify(make(), null, 1)}\n`,
  }));

const FILES: Readonly<Record<string, () => object>> = {
  'values.json': valuesFile,
  'invalid-json.json': invalidJsonFile,
  'comparison.json': comparisonFile,
  'key-encoding.json': keyFile,
  'canonical-form.json': canonicalFile,
  'command.json': commandFile,
  'block.json': blockFile,
};

function valuesFile(): object {
  const cases = VALUES.map(([name, text, ...same]) => {
    const value = parseValue(text);
    const accepts = [text, ...same];
    return {
      name,
      type: typeName(value),
      accepts,
      stored: toStored(value),
      relaxed: toRelaxed(value),
      canonical: toCanonical(value),
    };
  });
  return {
    about:
      'Each text of "accepts" parses to the value of this type, which is written in the three forms as given, and reads back out of each.',
    cases,
  };
}

function invalidJsonFile(): object {
  return { about: 'Each text is refused with this error code.', cases: INVALID.map(([text, code]) => ({ text, code })) };
}

function comparisonFile(): object {
  return { about: 'Groups in ascending order; the values of one group compare as equal.', ascending: ASCENDING };
}

function keyFile(): object {
  const keys = ASCENDING.flat().map((text) => {
    const value = parseValue(text);
    return { value: text, key: toHex(encodeKey(value)), descending: toHex(encodeKey(value, -1)) };
  });
  const compound = COMPOUND.map((entry) => ({
    ...entry,
    key: toHex(encodeCompoundKey(entry.values.map(parseValue), entry.directions)),
  }));
  return { about: 'Keys in hexadecimal; they compare byte by byte as the values do.', keys, compound };
}

function canonicalFile(): object {
  const cases = DOCUMENTS.map((text) => {
    const document = parseDocument(text);
    return { value: text, canonical: canonicalForm(document), hash: documentHash(document) };
  });
  return { about: 'RFC 8785 over canonical Extended JSON, and its SHA-256.', cases };
}

function commandFile(): object {
  const cases = COMMANDS.map(([name, operation]) => {
    const command: Command = { id: 'client-1:0001', actor: 'admin', operation };
    return { name, command, encoded: encodeCommand(validateCommand(command)) };
  });
  const invalid = INVALID_OPERATIONS.map((operation) => {
    const command = { id: 'x', actor: 'admin', operation };
    return { command, code: refusal(command) };
  });
  return { about: 'Commands and their one encoding; commands that are refused and the error code.', cases, invalid };
}

function refusal(command: object): string {
  try {
    validateCommand(command);
  } catch (error) {
    if (error instanceof AerolithError) return error.code;
    throw error;
  }
  throw new Error(`The case of an invalid command is valid: ${JSON.stringify(command)}`);
}

function blockFile(): object {
  return {
    about: 'Encoded headers and changes in hexadecimal and their SHA-256; Merkle roots of RFC 6962 over leaves in hexadecimal.',
    headers: HEADERS.map((header) => ({ header, encoded: toHex(encodeHeader(header)), hash: blockHash(header) })),
    changes: CHANGES.map((change) => ({ change, encoded: toHex(encodeChange(change)), hash: changeHash(change) })),
    trees: Array.from({ length: LEAVES.length + 1 }, (_, count) => {
      const leaves = LEAVES.slice(0, count);
      return { leaves, root: merkleRoot(leaves.map(fromHex)) };
    }),
  };
}

import {
  AerolithError,
  type BlockHeader,
  blockHash,
  type Command,
  canonicalForm,
  changeHash,
  compareBytes,
  compareValues,
  type Direction,
  decodeCommand,
  documentHash,
  encodeChange,
  encodeCommand,
  encodeCompoundKey,
  encodeHeader,
  encodeKey,
  fromHex,
  type HashedChange,
  merkleRoot,
  parseDocument,
  parseValue,
  storedToRelaxed,
  toCanonical,
  toHex,
  toRelaxed,
  toStored,
  typeName,
  validateCommand,
} from '../index.ts';

/** The files of `contracts/vectors`, parsed, by name without `.json`. Plain data, so that a browser can be given them too. */
export type VectorFiles = {
  readonly values: { readonly cases: readonly ValueCase[] };
  readonly 'invalid-json': { readonly cases: readonly { readonly text: string; readonly code: string }[] };
  readonly comparison: { readonly ascending: readonly (readonly string[])[] };
  readonly 'key-encoding': {
    readonly keys: readonly { readonly value: string; readonly key: string; readonly descending: string }[];
    readonly compound: readonly {
      readonly values: readonly string[];
      readonly directions: readonly Direction[];
      readonly key: string;
    }[];
  };
  readonly 'canonical-form': {
    readonly cases: readonly { readonly value: string; readonly canonical: string; readonly hash: string }[];
  };
  readonly command: {
    readonly cases: readonly { readonly name: string; readonly command: Command; readonly encoded: string }[];
    readonly invalid: readonly { readonly command: unknown; readonly code: string }[];
  };
  readonly block: {
    readonly headers: readonly { readonly header: BlockHeader; readonly encoded: string; readonly hash: string }[];
    readonly changes: readonly { readonly change: HashedChange; readonly encoded: string; readonly hash: string }[];
    readonly trees: readonly { readonly leaves: readonly string[]; readonly root: string }[];
  };
};

type ValueCase = {
  readonly name: string;
  readonly type: string;
  readonly accepts: readonly string[];
  readonly stored: string;
  readonly relaxed: string;
  readonly canonical: string;
};

export type VectorReport = { readonly checked: number; readonly failures: readonly string[] };

/** Holds this implementation to the vectors. Pure and without a test library: it also runs in a browser. */
export function checkVectors(files: VectorFiles): VectorReport {
  const report = new Report();
  for (const entry of files.values.cases) checkValue(entry, report);
  for (const { text, code } of files['invalid-json'].cases)
    report.same(
      text.slice(0, 80),
      refusal(() => parseValue(text)),
      code,
    );
  checkComparison(files.comparison.ascending, report);
  checkKeys(files['key-encoding'], report);
  for (const { value, canonical, hash } of files['canonical-form'].cases) {
    report.same(`canonical form of ${value}`, canonicalForm(parseValue(value)), canonical);
    report.same(`hash of ${value}`, documentHash(parseDocument(value)), hash);
  }
  checkCommands(files.command, report);
  checkBlocks(files.block, report);
  return report;
}

class Report {
  checked = 0;
  readonly failures: string[] = [];

  same(what: string, actual: unknown, expected: unknown): void {
    this.checked++;
    if (actual !== expected) this.failures.push(`${what}: ${String(actual)}, not ${String(expected)}`);
  }
}

/** The code of the error that a call gives, or `accepted`. */
function refusal(call: () => unknown): string {
  try {
    call();
    return 'accepted';
  } catch (error) {
    if (error instanceof AerolithError) return error.code;
    throw error;
  }
}

function checkValue({ name, type, accepts, stored, relaxed, canonical }: ValueCase, report: Report): void {
  for (const text of [...accepts, stored, relaxed, canonical]) {
    const value = parseValue(text);
    report.same(`${name}: type of ${text}`, typeName(value), type);
    report.same(`${name}: stored form of ${text}`, toStored(value), stored);
    report.same(`${name}: relaxed form of ${text}`, toRelaxed(value), relaxed);
    report.same(`${name}: canonical form of ${text}`, toCanonical(value), canonical);
  }
  report.same(`${name}: relaxed out of stored`, storedToRelaxed(stored), relaxed);
}

function checkComparison(ascending: readonly (readonly string[])[], report: Report): void {
  const entries = ascending.flatMap((group, place) => group.map((text) => ({ text, place, value: parseValue(text) })));
  for (const a of entries) {
    for (const b of entries) {
      const expected = Math.sign(a.place - b.place);
      report.same(`${a.text} against ${b.text}`, Math.sign(compareValues(a.value, b.value)), expected);
      report.same(`keys of ${a.text} and ${b.text}`, Math.sign(compareBytes(encodeKey(a.value), encodeKey(b.value))), expected);
    }
  }
}

function checkKeys({ keys, compound }: VectorFiles['key-encoding'], report: Report): void {
  for (const { value, key, descending } of keys) {
    report.same(`key of ${value}`, toHex(encodeKey(parseValue(value))), key);
    report.same(`descending key of ${value}`, toHex(encodeKey(parseValue(value), -1)), descending);
  }
  for (const { values, directions, key } of compound) {
    report.same(`key of ${values.join(' ')}`, toHex(encodeCompoundKey(values.map(parseValue), directions)), key);
  }
}

function checkCommands({ cases, invalid }: VectorFiles['command'], report: Report): void {
  for (const { name, command, encoded } of cases) {
    report.same(`encoding of ${name}`, encodeCommand(validateCommand(command)), encoded);
    report.same(`decoding of ${name}`, encodeCommand(decodeCommand(encoded)), encoded);
  }
  for (const { command, code } of invalid)
    report.same(
      JSON.stringify(command),
      refusal(() => validateCommand(command)),
      code,
    );
}

function checkBlocks({ headers, changes, trees }: VectorFiles['block'], report: Report): void {
  for (const { header, encoded, hash } of headers) {
    report.same(`header ${header.height}`, toHex(encodeHeader(header)), encoded);
    report.same(`hash of header ${header.height}`, blockHash(header), hash);
  }
  for (const { change, encoded, hash } of changes) {
    report.same(`change ${change.position}`, toHex(encodeChange(change)), encoded);
    report.same(`hash of change ${change.position}`, changeHash(change), hash);
  }
  for (const { leaves, root } of trees) report.same(`tree of ${leaves.length}`, merkleRoot(leaves.map(fromHex)), root);
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'double', 'decimal']);
const KNOWN: ReadonlySet<string> = new Set([
  ...NUMBERS,
  'number',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'timestamp',
]);

/** Whether a value of this BSON type satisfies `bsonType: wanted` (one name or an array of them). */
export function matchesBsonType(wanted: unknown, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  if (Array.isArray(wanted)) return wanted.some((one) => matchesBsonType(one, actual));
  return wanted === actual || (wanted === 'number' && NUMBERS.has(actual));
}

/** Throws for an unknown name under any `bsonType` of the schema. */
export function assertBsonType(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'bsonType') assertNames(value);
    else assertBsonType(value);
  }
}

function assertNames(value: unknown): void {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const unknown = names.find((name) => typeof name !== 'string' || !KNOWN.has(name));
  if (unknown !== undefined)
    throw new Error(`bsonType does not know ${JSON.stringify(unknown)}; it knows ${[...KNOWN].join(', ')}`);
}

import type { FuncKeywordDefinition } from 'ajv/dist/2020.js';

/**
 * `uniqueItems` in time linear in the array. The one of ajv compares each pair of objects, so one document of the allowed size
 * could hold the writer for hours.
 */
export const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  validate: (wanted: boolean, items: readonly unknown[]) => !wanted || new Set(items.map(textOf)).size === items.length,
  error: { message: 'must NOT have duplicate items' },
};

/** The same text for values that JSON Schema calls equal: the order of an object's fields does not count. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${textOf(field)}`);
  return `{${fields.sort().join(',')}}`;
}

import { AerolithError } from '@aerolithdb/protocol';
import type { SchemaIssue, StandardSchema } from './types/standard-schema.ts';

/** What the schema makes of a document. Keeps the `_id`, which many schemas do not name. Throws `schema_violation`. */
export async function checkedBySchema(schema: StandardSchema | undefined, document: object): Promise<object> {
  if (schema === undefined) return document;
  const result = await schema['~standard'].validate(document);
  if (result.issues !== undefined) throw violation(result.issues);
  const made = result.value;
  if (typeof made !== 'object' || made === null) throw violation([{ message: 'The schema makes no object of it' }]);
  return '_id' in document && !('_id' in made) ? { _id: document._id, ...made } : made;
}

function violation(issues: readonly SchemaIssue[]): AerolithError {
  const found = issues.map(({ message, path }) => ({ path: (path ?? []).map(nameOf).join('.'), message }));
  const [first] = found;
  const where = first === undefined || first.path === '' ? 'The document' : `"${first.path}" of the document`;
  return new AerolithError(
    'schema_violation',
    `${where} does not satisfy the schema: ${first?.message ?? 'it gave no reason'}.`,
    {
      issues: found,
    },
  );
}

function nameOf(part: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof part === 'object' ? part.key : part);
}

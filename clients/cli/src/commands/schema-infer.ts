import { writeFile } from 'node:fs/promises';
import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import { parseAnswer } from '../remote/answers.ts';
import { collectionsOf } from '../remote/collection-answer.ts';
import { BOOKKEEPING } from '../schema/bookkeeping.ts';
import { type InferredSchema, inferSchema } from '../schema/infer-schema.ts';
import { documentCount, sampleDocuments } from '../schema/sample-documents.ts';
import { Shape } from '../schema/shape.ts';
import { counted } from '../terminal/figures.ts';

const SAMPLE_MAX = 1_000_000;

export const schemaInfer: CommandSpec = {
  name: 'infer',
  summary: 'describe the documents of collections by a JSON Schema',
  description:
    'Reads documents and prints the JSON Schema (draft 2020-12) that they satisfy: types, what is always there, and values to choose from where few texts come up often. Shares stand in "$comment". Of a large collection a sample is read, from places all over it; the schema says so, and documents that were not looked at may differ. One collection gives its schema, several give an object of schemas by name.',
  arguments: [{ name: 'collection', description: 'names of collections (default: all that you may read)', variadic: true }],
  options: [
    { flags: '--sample <n>', description: 'documents to read of each collection at most', default: '1000' },
    { flags: '--output <file>', description: 'file to write to (default: standard output)' },
  ],
  examples: [
    { command: 'aerolith schema infer people', does: 'of one collection' },
    {
      command: 'aerolith schema infer people --sample 50000 --output people.schema.json',
      does: 'of more documents, into a file',
    },
  ],
  async run(context, names, options) {
    const sample = options.whole('sample', SAMPLE_MAX) ?? 1000;
    if (sample === 0) throw usageError('--sample takes a whole number from 1.', { option: 'sample' });
    const collections = names.length > 0 ? [...new Set(names)] : await allCollections(context);
    const schemas: [string, InferredSchema][] = [];
    for (const collection of collections) schemas.push([collection, await inferOne(context, collection, sample)]);
    const [only] = schemas;
    const value = schemas.length === 1 && names.length > 0 ? only?.[1] : Object.fromEntries(schemas);
    const file = options.text('output');
    const text = `${JSON.stringify(value, undefined, context.jsonAsked && file === undefined ? undefined : 2)}\n`;
    if (file === undefined) return context.terminal.out(text);
    await writeFile(file, text);
    context.terminal.err(`Wrote ${counted(schemas.length, 'schema')} to ${file}.\n`);
  },
};

async function allCollections(context: Context): Promise<string[]> {
  const { text } = await context.client().send({ path: '/v1/collections' });
  return collectionsOf(parseAnswer(text)).flatMap(({ name }) => (name === BOOKKEEPING ? [] : [name]));
}

async function inferOne(context: Context, collection: string, sample: number): Promise<InferredSchema> {
  const client = context.client();
  const documents = await documentCount(client, collection);
  const shape = new Shape();
  for await (const document of sampleDocuments(client, collection, documents, sample)) shape.add(document);
  return inferSchema(shape, { collection, looked: shape.seen, documents });
}

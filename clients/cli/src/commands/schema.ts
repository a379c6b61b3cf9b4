import type { CommandSpec } from '../program/command-spec.ts';
import { schemaApply } from './schema-apply.ts';
import { schemaDiff } from './schema-diff.ts';
import { schemaInfer } from './schema-infer.ts';

export const schema: CommandSpec = {
  name: 'schema',
  summary: 'infer schemas, compare and run migrations',
  examples: [],
  subcommands: [schemaInfer, schemaDiff, schemaApply],
};

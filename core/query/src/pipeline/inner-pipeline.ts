import type { Value } from '@aerolithdb/protocol';
import { parsePipeline } from './parse-pipeline.ts';
import { invalidPipeline } from './pipeline-error.ts';
import type { Reading } from './reading.ts';
import type { Stage } from './stage.ts';
import type { Bindings } from './stage-arguments.ts';

/** A pipeline that stands in a stage, with the variables that the stage binds for it. */
export function innerPipeline(
  stage: string,
  value: Value | undefined,
  reading: Reading,
  bindings: Bindings = [],
): readonly Stage[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalidPipeline(stage, `${stage} takes a list of stages as its pipeline.`);
  const variables = [...reading.variables, ...bindings.map(([name]) => name)];
  return parsePipeline(value, { level: reading.level + 1, variables });
}

import type { Stage } from './stage.ts';

/** The name of a stage as a pipeline writes it. */
export function stageName(stage: Stage): string {
  return 'name' in stage && stage.name !== undefined ? stage.name : `$${stage.kind}`;
}

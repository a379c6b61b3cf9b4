import { AerolithError, type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Scope } from './expression/expression.ts';
import { shareOfSteps, stepsFor } from './expression/steps.ts';
import { setComputed } from './pipeline/computed-fields.ts';
import { parsePipeline } from './pipeline/parse-pipeline.ts';
import type { Stage } from './pipeline/stage.ts';
import type { ProjectStage } from './pipeline/stages/project.ts';
import { newRootOf, type ReplaceRootStage } from './pipeline/stages/replace-root.ts';
import type { SetStage } from './pipeline/stages/set.ts';
import { project } from './project.ts';

/** A stage of an update: it makes one document of one. */
export type UpdateStage = SetStage | ProjectStage | ReplaceRootStage;

/**
 * Reads the stages of an update: `$set`, `$addFields`, `$unset`, `$project`, `$replaceRoot`, `$replaceWith`. What chance decides is refused, since
 * every replica must come to the same document. Throws `invalid_update`, and what `parsePipeline` throws.
 */
export function parseUpdateStages(stages: readonly Value[]): readonly UpdateStage[] {
  if (stages.length === 0) throw invalid('An update as a pipeline has at least one stage.');
  return parsePipeline(stages, { level: 0, variables: [], deterministic: true }).map((stage) => {
    if (isUpdateStage(stage)) return stage;
    throw invalid(
      'An update as a pipeline takes $set, $addFields, $unset, $project, $replaceRoot and $replaceWith, and no other stage.',
    );
  });
}

/**
 * What the stages make of the document. They share the steps of one document (see `stepsFor`), so that no update holds the writer.
 * `now`: the time of the block, `$$NOW`. `documents`: how many the write may change. A document that comes out without an `_id` keeps the one it had.
 * Throws `invalid_expression`, also when no steps are left, and `invalid_pipeline`.
 */
export function runUpdateStages(stages: readonly UpdateStage[], document: Document, now: number, documents = 1): Document {
  const shared = { variables: new Map(), now, steps: stepsFor(document, shareOfSteps(1, documents)) };
  const result = stages.reduce<Document>((root, stage) => runStage(stage, { ...shared, root }), document);
  const id = document.get('_id');
  return id === undefined || result.has('_id') ? result : new Map<string, Value>([['_id', id], ...result]);
}

function runStage(stage: UpdateStage, scope: Scope): Document {
  const { root } = scope;
  if (stage.kind === 'set') return setComputed(stage.computed, root, scope);
  if (stage.kind === 'replaceRoot') return newRootOf(stage, scope);
  return setComputed(stage.computed, project(stage.projection, root), scope);
}

function isUpdateStage(stage: Stage): stage is UpdateStage {
  return stage.kind === 'set' || stage.kind === 'project' || stage.kind === 'replaceRoot';
}

function invalid(message: string): AerolithError {
  return new AerolithError('invalid_update', message);
}

/** An update as it travels: operators, or the stages of a pipeline. Throws `invalid_update` for anything else. */
export function operatorsOrStages(value: Value): Document | Value[] {
  if (isDocument(value) || Array.isArray(value)) return value;
  throw invalid('An update is an object of operators or a list of stages.');
}

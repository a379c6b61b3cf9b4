import type { Stage } from './stage.ts';

/** The collections that the stages read besides the one they are asked of, those of pipelines inside them too. */
export function collectionsOf(stages: readonly Stage[]): ReadonlySet<string> {
  const names = new Set<string>();
  gather(stages, names);
  return names;
}

function gather(stages: readonly Stage[], names: Set<string>): void {
  for (const stage of stages) {
    if ('from' in stage && stage.from !== undefined) names.add(stage.from);
    if ('pipeline' in stage) gather(stage.pipeline, names);
    if (stage.kind === 'rankFusion') for (const { stages: inner } of stage.rankings) gather(inner, names);
    if (stage.kind === 'facet') for (const pipeline of stage.facets.values()) gather(pipeline, names);
  }
}

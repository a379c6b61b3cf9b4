import type { Stage } from './stage.ts';

/** The same pipeline, in which a `$sort` knows how many of its documents the `$skip` and `$limit` after it ask for. */
export function coalesce(stages: readonly Stage[]): readonly Stage[] {
  return stages.map((stage, i) => {
    if (stage.kind !== 'sort') return stage;
    const count = wanted(stages.slice(i + 1));
    return count === undefined ? stage : { ...stage, count };
  });
}

function wanted(after: readonly Stage[]): number | undefined {
  let skipped = 0;
  for (const stage of after) {
    if (stage.kind === 'limit') return skipped + stage.count;
    if (stage.kind !== 'skip') return undefined;
    skipped += stage.count;
  }
  return undefined;
}

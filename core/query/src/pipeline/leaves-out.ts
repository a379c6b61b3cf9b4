import type { Expression } from '../expression/expression.ts';
import { expressionsOf } from './computed-fields.ts';
import { pathsOf } from './needed-fields.ts';
import type { Stage } from './stage.ts';
import type { ProjectStage } from './stages/project.ts';

/** Whether the stages neither look at a top-level field nor let it out, so that what comes out is the same without it. */
export function leavesOut(stages: readonly Stage[], field: string): boolean {
  for (const stage of stages) {
    const verdict = stage.kind === 'project' ? afterProject(stage, field) : afterOther(stage, field);
    if (verdict !== 'goes on') return verdict === 'left out';
  }
  return false;
}

type Verdict = 'left out' | 'read' | 'goes on';

function afterProject({ projection, computed }: ProjectStage, field: string): Verdict {
  if ([...expressionsOf(computed)].some((expression) => reads(expression, field))) return 'read';
  const named = projection.tree.get(field);
  if (projection.mode === 'include') return named === undefined ? 'left out' : 'read';
  if (named === undefined) return 'goes on';
  return named === true ? 'left out' : 'read';
}

function afterOther(stage: Stage, field: string): Verdict {
  if (stage.kind === 'set') {
    const isRead = [...expressionsOf(stage.computed)].some((expression) => reads(expression, field));
    return isRead || stage.computed.has(field) ? 'read' : 'goes on';
  }
  const paths = pathsOf(stage);
  if (paths === undefined || paths.some((path) => path.split('.', 1)[0] === field)) return 'read';
  return stage.kind === 'group' || stage.kind === 'count' || stage.kind === 'replaceRoot' ? 'left out' : 'goes on';
}

function reads({ paths, isMetadata }: Expression, field: string): boolean {
  if (isMetadata === true) return false;
  return paths === undefined || paths.some((path) => path.split('.', 1)[0] === field);
}

import type { Filter } from '../filter.ts';
import { expressionsOf } from './computed-fields.ts';
import type { Stage } from './stage.ts';

/**
 * The top-level fields that the stages look at, when what comes out depends on nothing else of the documents that go in, not even
 * on the order of their fields; else undefined.
 */
export function neededFields(stages: readonly Stage[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const stage of stages) {
    const paths = pathsOf(stage);
    if (paths === undefined) return undefined;
    for (const path of paths) names.add(path.split('.', 1)[0]!);
    if (stage.kind === 'group' || stage.kind === 'count' || stage.kind === 'replaceRoot') return names;
  }
  return undefined;
}

/** Paths of what a stage looks at; undefined: at everything. */
export function pathsOf(stage: Stage): readonly string[] | undefined {
  switch (stage.kind) {
    case 'match':
      return filterPaths(stage.filter);
    case 'sort':
      return stage.sort.some(({ meta }) => meta !== undefined) ? undefined : stage.sort.map(({ path }) => path.join('.'));
    case 'set':
      return allPaths([...expressionsOf(stage.computed)], [...stage.computed.keys()]);
    case 'project':
      return allPaths([...expressionsOf(stage.computed)], [...stage.projection.tree.keys(), ...stage.computed.keys()]);
    case 'unwind':
      return [stage.path.join('.')];
    case 'group':
      return allPaths([stage.key, ...stage.outputs.values()]);
    case 'replaceRoot':
      return stage.newRoot.paths;
    case 'skip':
    case 'limit':
    case 'count':
      return [];
    default:
      return undefined;
  }
}

function allPaths(
  readers: readonly { readonly paths: readonly string[] | undefined }[],
  more: readonly string[] = [],
): readonly string[] | undefined {
  const all = [...more];
  for (const { paths } of readers) {
    if (paths === undefined) return undefined;
    all.push(...paths);
  }
  return all;
}

function filterPaths(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'field') return [filter.path.join('.')];
  if (filter.kind === 'expression') return filter.expression.paths;
  if (filter.kind === 'text') return undefined;
  return allPaths(filter.filters.map((part) => ({ paths: filterPaths(part) })));
}

import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import type { Project } from './project.ts';

/** The sources that a package's entry, a program or an `npm run` verb reaches: all but tests and what only tests load. */
export function productionFiles(project: Project): ReadonlySet<string> {
  return reach(project, declaredEntries(project));
}

/** The sources that anything reaches. */
export function livingFiles(project: Project): ReadonlySet<string> {
  const tests = project.sources.map((source) => source.path).filter((path) => path.endsWith('.test.ts'));
  return reach(project, [...declaredEntries(project), ...tests]);
}

function reach(project: Project, entries: readonly string[]): Set<string> {
  const byPath = new Map(project.sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const source = byPath.get(path);
    if (source === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const { target } of importsOf(source)) if (target !== undefined) waiting.push(target);
  }
  return reached;
}

/** The files that the package.json files name in `exports`, `bin` and `scripts`. */
function declaredEntries(project: Project): string[] {
  return project.files
    .filter((file) => posix.basename(file) === 'package.json')
    .flatMap((file) => {
      const { exports = {}, bin = {}, scripts = {} } = JSON.parse(project.read(file));
      const named = [exports, bin, scripts].flatMap((table) => Object.values(table)).filter((text) => typeof text === 'string');
      const paths = named.flatMap((text) => text.split(' ')).filter((word) => word.endsWith('.ts'));
      return paths.map((path) => posix.join(posix.dirname(file), path));
    });
}

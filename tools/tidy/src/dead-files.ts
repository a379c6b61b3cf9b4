import type { Outcome } from './finding.ts';
import type { Project } from './project.ts';
import { livingFiles } from './reach.ts';

/** Every source is reached from a package's entry, a program, an `npm run` verb or a test. */
export function checkDeadFiles(project: Project): Outcome {
  const living = livingFiles(project);
  const dead = project.sources.filter((source) => !living.has(source.path));
  const message = 'no entry, program or test reaches this file; import it or remove it';
  const findings = dead.map(({ path }) => ({ file: path, line: 0, message }));
  return { findings, looked: living.size, lookedMin: 150, unit: 'files' };
}

import { fileURLToPath } from 'node:url';
import { CHECKS } from './checks.ts';
import { openProject } from './project.ts';
import { report } from './report.ts';
import { openProgram } from './typescript-program.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !CHECKS.some((check) => check.name === name));
if (unknown !== undefined) {
  console.error(`There is no check "${unknown}"; the checks are ${CHECKS.map((check) => check.name).join(', ')}.`);
  process.exit(1);
}

const project = openProject(ROOT);
const programs = openProgram(ROOT);
let broken = 0;
const chosen = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
for (const { name, run } of chosen) {
  const { lines, isBroken } = report(name, run(project, programs));
  console.log(lines.join('\n'));
  if (isBroken) broken += 1;
}
console.log(`${chosen.length} checks, ${broken} broken`);
process.exitCode = broken > 0 ? 1 : 0;

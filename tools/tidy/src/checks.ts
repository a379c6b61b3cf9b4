import { checkBans } from './bans.ts';
import { checkBoundaries } from './boundaries.ts';
import { checkDeadFiles } from './dead-files.ts';
import { checkExamples } from './examples.ts';
import type { Outcome } from './finding.ts';
import { checkNames } from './names.ts';
import type { Project } from './project.ts';
import { checkSizes } from './sizes.ts';
import { checkBiome, checkGenerated, checkMarkdown } from './tool-checks.ts';
import { checkTypes } from './types.ts';
import type { Programs } from './typescript-program.ts';
import { checkWords } from './words.ts';

export interface Check {
  readonly name: string;
  readonly run: (project: Project, programs: Programs) => Outcome;
}

/** Every check of `npm run check`, the quick ones first. */
export const CHECKS: readonly Check[] = [
  { name: 'names', run: checkNames },
  { name: 'words', run: checkWords },
  { name: 'sizes', run: checkSizes },
  { name: 'boundaries', run: checkBoundaries },
  { name: 'bans', run: checkBans },
  { name: 'dead-files', run: checkDeadFiles },
  { name: 'lint', run: checkBiome },
  { name: 'markdown', run: checkMarkdown },
  { name: 'generated', run: checkGenerated },
  { name: 'types', run: (_project, programs) => checkTypes(programs) },
  { name: 'examples', run: checkExamples },
];

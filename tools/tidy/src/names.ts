import { posix } from 'node:path';
import type { Finding, Outcome } from './finding.ts';
import type { Project } from './project.ts';

const BANNED_WORDS = /(^|[-/.])(utils?|common|commons|helpers?|managers?|misc|miscellaneous|v2)(?=[-/.]|$)/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|long\.test|d))?\.(ts|mjs|cjs)$/;

/** Names of source files and their folders: kebab-case, and named for the one thing that is in them. */
export function checkNames(project: Project): Outcome {
  const sources = project.files.filter((file) => /\.(ts|mjs|cjs)$/.test(file));
  const findings = sources.flatMap((file) => judge(file));
  return { findings, looked: sources.length, lookedMin: 150, unit: 'files' };
}

function judge(file: string): Finding[] {
  const word = BANNED_WORDS.exec(file)?.[2];
  if (word !== undefined) return [{ file, line: 0, message: `"${word}" names no thing; name the file for the one idea in it` }];
  if (!KEBAB_CASE.test(posix.basename(file))) return [{ file, line: 0, message: 'file names are kebab-case' }];
  return [];
}

import ts from 'typescript';
import type { Outcome } from './finding.ts';
import { type Programs, toFinding } from './typescript-program.ts';

/** The types of the whole project, as `tsc -p .` checks them. */
export function checkTypes({ root, program }: Programs): Outcome {
  const findings = ts.getPreEmitDiagnostics(program).map((diagnostic) => toFinding(root, diagnostic));
  return { findings, looked: program.getRootFileNames().length, lookedMin: 150, unit: 'files' };
}

import type { Outcome } from './finding.ts';

/** What a check prints: its findings, then one line that says what it looked at. */
export function report(name: string, { findings, looked, lookedMin, unit }: Outcome): { lines: string[]; isBroken: boolean } {
  const blind = looked < lookedMin;
  const lines = findings.map(({ file, line, message }) => `${file}${line > 0 ? `:${line}` : ''}: ${message} [${name}]`);
  if (blind) lines.push(`${name} looked at ${looked} ${unit}; there must be at least ${lookedMin} [${name}]`);
  const broken = findings.length + (blind ? 1 : 0);
  lines.push(`${name}: ${looked} ${unit}, ${broken === 0 ? 'in order' : `${broken} to mend`}`);
  return { lines, isBroken: broken > 0 };
}

import type { Finding, Outcome } from './finding.ts';
import type { Project } from './project.ts';
import { runTool, type ToolRun } from './tool-run.ts';

interface BiomeReport {
  readonly summary: { readonly changed: number; readonly unchanged: number };
  readonly diagnostics: readonly BiomeDiagnostic[];
}

interface BiomeDiagnostic {
  readonly severity: string;
  readonly message: string;
  readonly category: string;
  readonly location?: { readonly path?: string; readonly start?: { readonly line: number } };
}

/** Lint and format of sources: biome.json. */
export function checkBiome({ root }: Project): Outcome {
  const run = runTool(root, 'node_modules/@biomejs/biome/bin/biome', [
    'ci',
    '--reporter=json',
    '--colors=off',
    '--max-diagnostics=none',
    '--error-on-warnings',
  ]);
  const { summary, diagnostics } = readBiomeReport(run.output);
  const findings = diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(({ category, message, location }) => ({
      file: location?.path ?? '',
      line: location?.start?.line ?? 0,
      message: `${category}: ${message}`,
    }));
  return { findings: orUnexplained(run, findings), looked: summary.changed + summary.unchanged, lookedMin: 200, unit: 'files' };
}

/** The report is one line of JSON before what else is printed. */
function readBiomeReport(output: string): BiomeReport {
  const line = output.slice(Math.max(0, output.indexOf('{"summary"'))).split('\n', 1)[0] ?? '';
  try {
    return JSON.parse(line.slice(0, line.lastIndexOf('}') + 1)) as BiomeReport;
  } catch (cause) {
    throw new Error(`Biome gave no report:\n${output}`, { cause });
  }
}

/** Form of Markdown pages: .markdownlint-cli2.jsonc. */
export function checkMarkdown({ root }: Project): Outcome {
  const run = runTool(root, 'node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs', []);
  const findings = [...run.output.matchAll(/^(?<file>[^:\s]+\.md):(?<line>\d+)(?::\d+)? (?:error )?(?<text>MD\d+.*)$/gm)].map(
    ({ groups }) => ({
      file: groups?.file ?? '',
      line: Number(groups?.line),
      message: groups?.text ?? '',
    }),
  );
  const looked = Number(/Linting: (\d+) file/.exec(run.output)?.[1] ?? 0);
  return { findings: orUnexplained(run, findings), looked, lookedMin: 20, unit: 'pages' };
}

/** Generated pages and contracts are what the code declares. */
export function checkGenerated({ root }: Project): Outcome {
  const run = runTool(root, 'tools/codegen/src/main.ts', ['--check']);
  const findings = [...run.output.matchAll(/^(?<file>\S+) (?<text>is not what the code declares.*)$/gm)].map(({ groups }) => ({
    file: groups?.file ?? '',
    line: 0,
    message: groups?.text ?? '',
  }));
  const looked = Number(/^(\d+) generated files/m.exec(run.output)?.[1] ?? 0);
  return { findings: orUnexplained(run, findings), looked, lookedMin: 6, unit: 'generated files' };
}

/** A tool that fails without a finding that we can read still fails, with what it said. */
function orUnexplained({ exitCode, output }: ToolRun, findings: readonly Finding[]): readonly Finding[] {
  if (exitCode === 0 || findings.length > 0) return findings;
  return [{ file: '', line: 0, message: `exit code ${exitCode}: ${output.trim()}` }];
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flipLog } from './io-faults/flipped-log.ts';
import { runIoFaults } from './io-faults/run-io-faults.ts';
import { runKillRounds } from './kill/run-kill-rounds.ts';
import { runControls } from './planted/run-controls.ts';
import { FAULT_KINDS } from './shim/compile-shim.ts';

/** Flipped bytes beyond those of the header. */
const FLIPS = 400;
const OPTIONS = {
  rounds: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  stride: { type: 'string', default: '1' },
  json: { type: 'string' },
} as const;

/** `npm run crash -- [--rounds N] [--seed S] [--stride K] [--json FILE]` */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-crash-'));
  try {
    const results = await runAll(folder, Number(values.rounds), Number(values.seed), Number(values.stride));
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
    return report(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Line = { readonly what: string; readonly passed: boolean; readonly differences: readonly string[] };

async function runAll(folder: string, rounds: number, seed: number, stride: number): Promise<Line[]> {
  const lines: Line[] = [];
  const kill = await runKillRounds({
    data: join(folder, 'kill'),
    rounds,
    seed,
    onRound: (round) => progress(`kill -9: round ${round} of ${rounds}`),
  });
  const killed = `kill -9 under load: ${kill.rounds} rounds, ${kill.acknowledged} acknowledged writes, ${kill.sentAgain} sent again`;
  lines.push({ what: killed, passed: kill.differences.length === 0, differences: kill.differences });
  for (const kind of FAULT_KINDS) {
    const own = join(folder, kind);
    mkdirSync(own);
    const { faults, differences } = await runIoFaults({
      folder: own,
      kind,
      stride,
      onFault: (at) => progress(`${kind}: operation ${at}`),
    });
    lines.push({ what: `${kind} at ${faults} file operations`, passed: differences.length === 0 && faults > 0, differences });
  }
  return [...lines, await flippedLog(join(folder, 'flipped'), seed), ...(await runControls(folder, seed))];
}

async function flippedLog(folder: string, seed: number): Promise<Line> {
  mkdirSync(folder);
  const { flips, refused, differences } = await flipLog({ folder, flips: FLIPS, seed });
  const what = `${flips} flipped bytes in the write-ahead log of a killed process: ${refused} refused, the others harmless`;
  return { what, passed: differences.length === 0 && refused > 0, differences };
}

function report(lines: readonly Line[]): number {
  progress('');
  for (const { what, passed, differences } of lines) {
    console.log(`${passed ? 'passed' : 'FAILED'}  ${what}`);
    for (const difference of differences.slice(0, 10)) console.log(`          ${difference}`);
  }
  const failed = lines.filter((line) => !line.passed).length;
  console.log(`${lines.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

process.exitCode = await main();

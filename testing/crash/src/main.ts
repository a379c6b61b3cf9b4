import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutAfterKill } from './io-faults/cut-after-kill.ts';
import { flipLog } from './io-faults/flipped-log.ts';
import { runIoFaults } from './io-faults/run-io-faults.ts';
import { runKillRounds } from './kill/run-kill-rounds.ts';
import { runControls } from './planted/run-controls.ts';
import { FAULT_KINDS, type FaultKind } from './shim/compile-shim.ts';

/** Flipped bytes beyond those of the header. */
const FLIPS = 400;
const CUTS_AFTER_KILL = 60;
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
    const amounts = { rounds: Number(values.rounds), seed: Number(values.seed), stride: Number(values.stride) };
    const results = await runAll(folder, amounts);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
    return report(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Amounts = { readonly rounds: number; readonly seed: number; readonly stride: number };
type Line = { readonly what: string; readonly passed: boolean; readonly differences: readonly string[] };

/** Prints each line when it is there: the whole takes a quarter of an hour and more. */
async function runAll(folder: string, { rounds, seed, stride }: Amounts): Promise<Line[]> {
  const lines: Line[] = [];
  const add = (line: Line): void => {
    print(line);
    lines.push(line);
  };
  add(await killRounds(join(folder, 'kill-rounds'), rounds, seed));
  for (const kind of FAULT_KINDS) add(await ioFaults(join(folder, kind), kind, stride));
  add(await cutsAfterKill(join(folder, 'cuts')));
  add(await flippedLog(join(folder, 'flipped'), seed));
  for await (const control of runControls(folder, seed)) add(control);
  return lines;
}

async function killRounds(data: string, rounds: number, seed: number): Promise<Line> {
  const onRound = (round: number) => progress(`kill -9: round ${round} of ${rounds}`);
  const kill = await runKillRounds({ data, rounds, seed, onRound });
  const what = `kill -9 under load: ${kill.rounds} rounds, ${kill.acknowledged} acknowledged writes, ${kill.sentAgain} sent again`;
  return { what, passed: kill.differences.length === 0, differences: kill.differences };
}

async function ioFaults(folder: string, kind: FaultKind, stride: number): Promise<Line> {
  mkdirSync(folder);
  const onFault = (at: number) => progress(`${kind}: operation ${at}`);
  const { faults, differences } = await runIoFaults({ folder, kind, stride, onFault });
  return { what: `${kind} at ${faults} file operations`, passed: differences.length === 0 && faults > 0, differences };
}

async function cutsAfterKill(folder: string): Promise<Line> {
  mkdirSync(folder);
  const { faults, differences } = await cutAfterKill({ folder, operations: CUTS_AFTER_KILL });
  const what = `power cut at the first ${faults} file operations of a process after one that was killed`;
  return { what, passed: differences.length === 0 && faults > 0, differences };
}

async function flippedLog(folder: string, seed: number): Promise<Line> {
  mkdirSync(folder);
  const { flips, refused, differences } = await flipLog({ folder, flips: FLIPS, seed });
  const what = `${flips} flipped bytes in the write-ahead log of a killed process: ${refused} refused, the others harmless`;
  return { what, passed: differences.length === 0 && refused > 0, differences };
}

function print({ what, passed, differences }: Line): void {
  progress('');
  console.log(`${passed ? 'passed' : 'FAILED'}  ${what}`);
  for (const difference of differences.slice(0, 10)) console.log(`          ${difference}`);
}

function report(lines: readonly Line[]): number {
  const failed = lines.filter((line) => !line.passed).length;
  console.log(`${lines.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

process.exitCode = await main();

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from './harness/install-peers.ts';
import { describeMachine } from './harness/machine.ts';
import { type Report, renderMachine, renderTable, verdict } from './harness/report.ts';
import { ratio } from './harness/row.ts';
import { hands } from './suites/hands/index.ts';
import { query } from './suites/query/index.ts';
import { spine } from './suites/spine/index.ts';
import type { Suite } from './suites/suite.ts';

const SUITES: Readonly<Record<string, Suite>> = { spine, hands, query };
const USAGE = `Usage: npm run bench -- SUITE [--quick] [--json FILE]    suites: ${Object.keys(SUITES).join(', ')}`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
  });
  const name = positionals[0];
  const suite = name === undefined ? undefined : SUITES[name];
  if (name === undefined || suite === undefined || positionals.length > 1) {
    console.error(USAGE);
    return 2;
  }
  const report = await run(name, suite, values.quick);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  const under = report.rows.filter((row) => row.verdict === 'under').length;
  const measured =
    under === 0
      ? `${report.rows.length} rows, all at or above their floor`
      : `${under} of ${report.rows.length} rows under their floor`;
  console.log(report.skipped.length === 0 ? measured : `${measured}; ${report.skipped.length} skipped`);
  return under === 0 ? 0 : 1;
}

async function run(name: string, suite: Suite, quick: boolean): Promise<Report> {
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-bench-'));
  try {
    const machine = describeMachine(folder);
    const { rows, notes, skipped = [] } = await suite({ quick, folder, progress: (what) => console.error(`… ${what}`) });
    const loadAfter = loadavg()[0] ?? 0;
    console.log(`${renderMachine(machine, loadAfter)}\n${notes.join('\n')}\n\n${renderTable(rows, skipped)}\n`);
    const judged = rows.map((row) => ({ ...row, ratio: ratio(row), verdict: verdict(row) }));
    return { suite: name, quick, date: new Date().toISOString(), machine, loadAfter, notes, rows: judged, skipped };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// A peer may leave a handle open that would keep the process waiting for minutes after the table is printed.
process.exit(await main());

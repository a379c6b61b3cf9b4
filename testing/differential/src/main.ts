import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBench } from './bench.ts';
import { caseText } from './case-text.ts';
import { installFerretDb } from './install-peers.ts';
import { type FoundFault, type RunResult, runQueries } from './run.ts';

const FOUND = fileURLToPath(new URL('./cases/found/', import.meta.url));

const OPTIONS = {
  queries: { type: 'string', default: '2000' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  faults: { type: 'string', default: '5' },
  only: { type: 'string' },
  'install-peers': { type: 'boolean', default: false },
} as const;

/** `npm run differential -- [--queries N] [--seed S] [--json FILE] [--faults N] [--only NAME] [--install-peers]` */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  const queries = Number(values.queries);
  if (values['install-peers']) installFerretDb();
  await using bench = await openBench(values.only);
  for (const word of bench.absent) console.log(word);
  const result = await runQueries(bench, {
    queries,
    seed: Number(values.seed),
    faultsMax: Number(values.faults),
    onQuery: (number) => progress(`query ${number} of ${queries}`),
    onFault: keep,
  });
  progress('');
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(plainResult(result), null, 2)}\n`);
  return report(result);
}

function keep(fault: FoundFault): void {
  mkdirSync(FOUND, { recursive: true });
  const file = `${FOUND}${fault.oracle.replaceAll(' ', '-')}-${fault.seed}.json`;
  const text = caseText(fault.shrunk, `${fault.oracle}: ${fault.how}`);
  writeFileSync(file, text);
  progress('');
  console.log(`DIFFERS  ${fault.oracle}, kept as ${file}\n${text}`);
}

function plainResult({ queries, tallies, faults }: RunResult): object {
  const differences = faults.map(({ oracle, how, seed }) => ({ oracle, how, seed }));
  return { queries, compared: Object.fromEntries(tallies), differences };
}

function report({ queries, tallies, faults }: RunResult): number {
  for (const [name, { compared, silent, known }] of tallies)
    console.log(
      `${name}: ${compared} compared, ${silent} not answered by both, ${known} where it is known to differ from MongoDB`,
    );
  console.log(`${queries} queries, ${faults.length} differences`);
  return faults.length === 0 ? 0 : 1;
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

process.exitCode = await main();

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { Bench, type Work } from '../benching/bench.ts';
import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { programVersion } from '../program/version.ts';
import { byteSize, grouped } from '../terminal/figures.ts';
import { fieldList, table } from '../terminal/table.ts';

const WORKS = 10;
const SECONDS = 20;
const SECONDS_MAX = 3600;

export const bench: CommandSpec = {
  name: 'bench',
  summary: 'measure how fast the database is on this machine',
  description:
    'Measures inserts, bulk load, get by id, a query by an index, a scan, and gets and inserts over HTTP, with documents of about 300 bytes. It works in a temporary folder, which is removed at the end and after Ctrl-C, and starts a server of its own on a free port. The client of the HTTP works runs on the same machine and takes its part of it. Figures differ from run to run: repeat it, and compare only figures of one machine.',
  local: true,
  options: [
    {
      flags: '--seconds <n>',
      description: `seconds that all works take together (default: ${SECONDS}); starting and filling come on top`,
    },
    {
      flags: '--in <dir>',
      description:
        'make the temporary folder in this folder: on the disk that the data will be on (default: that for temporary files)',
    },
  ],
  examples: [
    { command: 'aerolith bench', does: 'about half a minute' },
    { command: 'aerolith bench --in /srv --seconds 60', does: 'longer, on the disk of /srv' },
    { command: "aerolith bench --json | jq '.works[] | [.work, .callers, .perSecond]'", does: 'for a program' },
  ],
  run,
};

async function run(context: Context, _args: readonly string[], options: Options): Promise<void> {
  const seconds = options.whole('seconds', SECONDS_MAX) ?? SECONDS;
  if (seconds === 0) throw usageError('--seconds must be at least 1.');
  const folder = await mkdtemp(join(resolve(options.text('in') ?? tmpdir()), 'aerolith-bench-'));
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  try {
    const { measureSync } = await import('@aerolithdb/node/doctor');
    const machine = { ...machineFacts(), folder, fsyncMs: measureSync(folder) };
    const works = await measureAll(context, folder, seconds);
    await print(context, machine, works);
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.off('exit', removeAtExit);
  }
}

async function measureAll(context: Context, folder: string, seconds: number): Promise<readonly Work[]> {
  const bench = new Bench(context.terminal, context.jsonAsked, seconds, WORKS, context.signal);
  try {
    const { runEmbedded } = await import('../benching/embedded-works.ts');
    const { runHttp } = await import('../benching/http-works.ts');
    await runEmbedded(bench, folder);
    await runHttp(bench, folder);
    return bench.works;
  } finally {
    bench.end();
  }
}

type Machine = {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly processors: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly folder: string;
  /** Milliseconds of a synced write of 4 KiB. */
  readonly fsyncMs: number;
};

function machineFacts(): Omit<Machine, 'folder' | 'fsyncMs'> {
  const all = cpus();
  return {
    version: programVersion(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    processors: all.length,
    processor: all[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
  };
}

async function print(context: Context, machine: Machine, works: readonly Work[]): Promise<void> {
  const { terminal } = context;
  if (context.json) {
    await terminal.out(`${JSON.stringify({ ...machine, works })}\n`);
    return;
  }
  const { version, node, platform, processors, processor, memoryBytes, folder, fsyncMs } = machine;
  const facts = [
    ['AerolithDB', `${version}, Node ${node}, ${platform}`],
    ['machine', `${processors} × ${processor}, ${byteSize(memoryBytes)} of memory`],
    ['folder', folder],
    ['fsync', `${fsyncMs.toFixed(2)} ms for a synced write of 4 KiB (median)`],
  ] as const;
  const rows = works.map(({ work, callers, perSecond, p50Ms, p99Ms }) => [
    work,
    String(callers),
    grouped(perSecond),
    milliseconds(p50Ms),
    milliseconds(p99Ms),
  ]);
  const head = ['work', 'callers', 'a second', 'p50', 'p99'];
  const figures = table(terminal, head, rows, { numeric: new Set([1, 2, 3, 4]) });
  await terminal.out(`${fieldList(terminal, facts)}\n${figures}`);
}

/** `0.012 ms`, `3.41 ms`, `120 ms`. */
function milliseconds(ms: number): string {
  if (ms >= 100) return `${Math.round(ms)} ms`;
  return `${ms >= 1 ? ms.toFixed(2) : ms.toFixed(3)} ms`;
}

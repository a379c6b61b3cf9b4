import type { Finding, Severity } from '@aerolithdb/node/doctor';
import { asUsageError, CliError, EXIT, type ExitCode, usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { findToken, serverUrl } from '../remote/credentials.ts';
import { RestClient } from '../remote/rest-client.ts';
import { counted } from '../terminal/figures.ts';
import { Progress } from '../terminal/progress.ts';
import { examineServer } from './doctor-server.ts';
import { findingText } from './doctor-text.ts';
import { nodeFlags, nodeOptionSpecs } from './start-options.ts';

const EXITS: Readonly<Record<Severity, ExitCode>> = { ok: EXIT.ok, warning: EXIT.other, error: EXIT.usage };

/** Options of a node that say what is looked at. */
const NODE_OPTIONS = ['data', 'config', 'http', 'tlsCert', 'tlsKey'];

const OWN_OPTIONS = [
  { flags: '--quick', description: 'leave out what reads much of the file: checksums, indexes, the ledger' },
  { flags: '--full', description: 'walk every block of the ledger, not only the last 1,000' },
  { flags: '--token-file <file>', description: 'file that holds the token, when a server is looked at over HTTP' },
];

/** `doctor` without the options that the node declares. */
export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'say what is wrong with a node and how to mend it',
  description:
    'Looks at a data folder and at the machine around it: versions, clock, write-ahead log, the checksum of every page, indexes against documents, the chain of the last blocks, disk space, the time of a synced write, permissions, the port, the certificate, memory. It changes nothing and may run beside the node. With an address it looks at a server over HTTP instead. The exit code is that of the worst finding: 0 all is well, 1 a warning, 2 an error (which is also that of a wrong command line).',
  local: true,
  arguments: [{ name: 'url', description: 'a server to look at over HTTP, in place of a folder' }],
  options: OWN_OPTIONS,
  examples: [
    { command: 'aerolith doctor', does: 'the node of this folder' },
    { command: 'aerolith doctor --data /srv/aerolith --json', does: 'another one, one finding a line' },
    { command: 'aerolith doctor --config aerolith.yaml --quick', does: 'with its configuration, without reading the whole file' },
    { command: 'aerolith doctor http://127.0.0.1:8080', does: 'a server, as its clients see it' },
  ],
  run,
};

/** The command with the options that the node declares. */
export async function loadDoctor(): Promise<CommandSpec> {
  return { ...doctor, options: [...(await nodeOptionSpecs(NODE_OPTIONS)), ...OWN_OPTIONS] };
}

async function run(context: Context, [url]: readonly string[], options: Options): Promise<void> {
  const findings: Finding[] = [];
  const examined = url === undefined ? folderFindings(context, options) : serverFindings(context, url, options);
  for await (const finding of examined) {
    findings.push(finding);
    await context.terminal.out(context.json ? `${JSON.stringify(finding)}\n` : findingText(context.terminal, finding));
  }
  const { worst } = await import('@aerolithdb/node/doctor');
  context.setExit(EXITS[worst(findings)]);
  if (!context.json) await context.terminal.out(`\n${summary(findings)}\n`);
}

async function* folderFindings(context: Context, options: Options): AsyncGenerator<Finding, void, void> {
  const { readOptions } = await import('@aerolithdb/node');
  const { examineFolder } = await import('@aerolithdb/node/doctor');
  let progress: Progress | undefined;
  const onStep = async (label: string, part: number) => {
    if (part === 0) progress = new Progress(context.terminal, label, context.jsonAsked);
    progress?.show({ count: Math.round(part * 100), part, total: 100 });
    await new Promise((resolve) => setImmediate(resolve));
    if (context.signal.aborted) throw new CliError('interrupted', 'Stopped.', EXIT.interrupted);
  };
  const [quick, full] = [options.flag('quick'), options.flag('full')];
  if (quick && full) throw usageError('Give --quick or --full, not both.');
  const depth = quick ? 'quick' : full ? 'full' : 'usual';
  try {
    const nodeOptions = readOptions({ flags: nodeFlags(options), environment: context.env });
    for await (const finding of examineFolder({ options: nodeOptions, depth, now: Date.now, onStep })) {
      progress?.end();
      yield finding;
    }
  } catch (thrown) {
    throw asUsageError(thrown);
  } finally {
    progress?.end();
  }
}

async function* serverFindings(context: Context, url: string, options: Options): AsyncGenerator<Finding, void, void> {
  if (options.text('data') !== undefined) throw usageError('Give a folder with --data or the address of a server, not both.');
  const client = new RestClient(serverUrl(url, context.env), findToken(options.text('tokenFile'), context.env), context.signal);
  try {
    yield* examineServer(client, Date.now);
  } finally {
    client.close();
  }
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) return `All ${findings.length} checks are well.`;
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(count('ok'), 'check')} well.`;
}

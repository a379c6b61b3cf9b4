import { resolve } from 'node:path';
import type { Node } from '@aerolithdb/node';
import { asUsageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { programVersion } from '../program/version.ts';
import { type StartBlock, startBlockText } from './start-block.ts';
import { nodeFlags, nodeOptionSpecs } from './start-options.ts';
import { reloadOnHangup } from './start-reload.ts';

/** `start` without its options, which come from the node and are read only when they are needed. */
const startWithoutOptions = {
  name: 'start',
  summary: 'start a node on this machine',
  description:
    'Starts one node and prints where it listens, where its data is and what to try next. The first start makes an admin token, prints it once and writes it to admin.key in the data folder. Ctrl-C stops the node cleanly; a second Ctrl-C ends it at once (acknowledged writes are safe in both cases). SIGHUP makes it read its options again: what a running node can take over holds from then on, and what needs a restart is named.',
  local: true,
  examples: [
    { command: 'aerolith start', does: 'data in ./aerolith-data, HTTP on 127.0.0.1:8080' },
    { command: 'aerolith start --data /srv/aerolith --http 127.0.0.1:9090', does: 'elsewhere' },
    { command: 'aerolith start --json', does: 'the same block as JSON, for a program that starts a node' },
  ],
  run,
} as const satisfies CommandSpec;

/** The command with the options that the node declares. */
export async function loadStart(): Promise<CommandSpec> {
  return { ...startWithoutOptions, options: await nodeOptionSpecs() };
}

export const start: CommandSpec = startWithoutOptions;

async function run(context: Context, _args: readonly string[], options: Options): Promise<void> {
  const flags = nodeFlags(options);
  const { readOptions, startNode } = await import('@aerolithdb/node');
  const read = () => readOptions({ flags, environment: context.env });
  const node = await started(() => startNode(read()));
  const stop = Promise.withResolvers<void>();
  const endReloads = reloadOnHangup(context, { node, read, stop: stop.resolve });
  try {
    const block = blockOf(node);
    await context.terminal.out(context.jsonAsked ? `${JSON.stringify(block)}\n` : startBlockText(context, block));
    await Promise.race([aborted(context.signal), stop.promise]);
  } finally {
    if (!context.jsonAsked) context.terminal.err('\nStopping; Ctrl-C again ends at once.\n');
    await node.close();
    endReloads();
  }
  if (!context.jsonAsked) context.terminal.err('Stopped.\n');
}

/** Throws a `CliError`; its exit code is 2 for an option that is wrong. */
async function started(start: () => Promise<Node>): Promise<Node> {
  try {
    return await start();
  } catch (thrown) {
    throw asUsageError(thrown);
  }
}

function blockOf(node: Node): StartBlock {
  const { http } = node.addresses;
  const { mode, durability } = node.database.status();
  return {
    version: programVersion(),
    mode,
    durability,
    data: node.folder,
    isDefaultData: node.folder === resolve('aerolith-data'),
    ...(http === undefined ? {} : { http, rest: `${http}/v1`, docs: `${http}/docs`, openapi: `${http}/openapi.json` }),
    readers: node.options.readers,
    adminKeyFile: node.adminKey.file,
    ...(node.adminKey.token === undefined ? {} : { token: node.adminKey.token }),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

import type { Context } from '../program/context.ts';
import { DEFAULT_URL } from '../remote/credentials.ts';
import { programName } from './program-name.ts';

/** What a start tells. With `--json` it is printed as it is. */
export type StartBlock = {
  readonly version: string;
  readonly mode: string;
  readonly durability: string;
  /** Absolute path. */
  readonly data: string;
  readonly isDefaultData: boolean;
  readonly http?: string;
  readonly rest?: string;
  readonly docs?: string;
  readonly openapi?: string;
  readonly readers: number;
  readonly adminKeyFile: string;
  /** Only on the start that made it. */
  readonly token?: string;
};

const MODES: Readonly<Record<string, string>> = { single: 'single node' };
const DURABILITIES: Readonly<Record<string, string>> = { fsync: 'fsync before every acknowledgement' };

/** The block that stands on the terminal after a start. */
export function startBlockText(context: Pick<Context, 'terminal' | 'env'>, block: StartBlock): string {
  const { terminal } = context;
  const row = (name: string, value: string) => `  ${terminal.style('dim', name.padEnd(12))}${value}\n`;
  const rows = [
    block.http === undefined ? row('HTTP', 'off') : row('HTTP', terminal.style('cyan', block.http)),
    ...(block.rest === undefined ? [] : [row('REST', terminal.style('cyan', block.rest))]),
    ...(block.docs === undefined ? [] : [row('API page', terminal.style('cyan', block.docs))]),
    row('Data', block.data),
    row('Mode', MODES[block.mode] ?? block.mode),
    row('Durability', DURABILITIES[block.durability] ?? block.durability),
    row('Admin key', block.adminKeyFile),
    block.token === undefined
      ? row('Token', `in the admin key file: cat ${shellWord(block.adminKeyFile)}`)
      : row('Token', `${terminal.style('yellow', block.token)}  (shown this once; the admin key file holds it)`),
  ];
  const head = `${terminal.style('bold', `AerolithDB ${block.version}`)} is ready.\n\n`;
  return `${head}${rows.join('')}${tryNext(context, block)}\nCtrl-C stops it.\n`;
}

function tryNext({ env }: Pick<Context, 'env'>, block: StartBlock): string {
  if (block.http === undefined) return '';
  const program = programName(env);
  const url = block.http === DEFAULT_URL ? '' : ` --url ${block.http}`;
  const key = block.isDefaultData ? '' : ` --token-file ${shellWord(block.adminKeyFile)}`;
  const lines = [
    `${program} sample load cities${url}${key}`,
    `${program} find cities '{country: "IS"}' --limit 5${url}${key}`,
    `curl -H "Authorization: Bearer $(cat ${shellWord(block.adminKeyFile)})" ${block.http}/v1/status`,
  ];
  return `\nTry next, in another terminal:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function shellWord(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

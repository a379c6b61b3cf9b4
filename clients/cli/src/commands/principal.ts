import { readFileSync } from 'node:fs';
import { text as streamText } from 'node:stream/consumers';
import { arraySlices, objectSlices } from '@aerolithdb/protocol';
import { usageError } from '../program/cli-error.ts';
import type { ArgumentSpec, CommandSpec, OptionSpec } from '../program/command-spec.ts';
import type { Context } from '../program/context.ts';
import type { Options } from '../program/options.ts';
import { numberIn, parseAnswer, textIn } from '../remote/answers.ts';
import { requestBody } from '../remote/request-body.ts';
import { RestClient } from '../remote/rest-client.ts';
import { table } from '../terminal/table.ts';
import { printResult } from './print.ts';

type Kind = 'user' | 'token';

const ROLES = ['reader', 'writer', 'owner', 'admin'];
const NAME: ArgumentSpec = { name: 'name', description: 'its name', required: true };
const GRANT: OptionSpec = {
  flags: '--grant <collection:role>',
  description: 'what it may do: a collection or * for all, and reader, writer, owner or admin; may be given several times',
  repeatable: true,
};
const EXPIRES: OptionSpec = { flags: '--expires <time>', description: 'refuse it after this time: 2030-01-01T00:00:00Z' };
const PASSWORD: OptionSpec = {
  flags: '--password-file <file>',
  description: 'read the password from this file; - is standard input',
};

function listCommand(kind: Kind): CommandSpec {
  return {
    name: 'list',
    summary: `list the ${kind}s and what they may do`,
    examples: [{ command: `aerolith ${kind} list`, does: 'no secret is shown' }],
    async run(context) {
      const { text } = await context.client().send({ path: `/v1/${kind}s` });
      const items = arraySlices(objectSlices(text).get(`${kind}s`) ?? '[]');
      if (context.json) {
        if (items.length > 0) await context.terminal.out(`${items.join('\n')}\n`);
        return;
      }
      const rows = items
        .map(parseAnswer)
        .map((one) => [textIn(one, 'name'), grantsText(one.grants), expiryText(numberIn(one, 'expiresAt'))]);
      await context.terminal.out(
        rows.length === 0 ? `There is no ${kind}.\n` : table(context.terminal, [kind, 'may', 'until'], rows),
      );
    },
  };
}

function removeCommand(kind: Kind): CommandSpec {
  return {
    name: 'remove',
    summary: `remove a ${kind}: its next request is refused`,
    arguments: [NAME],
    examples: [{ command: `aerolith ${kind} remove loader`, does: 'at once' }],
    async run(context, [name = '']) {
      const path = `/v1/${kind}s/${encodeURIComponent(name)}`;
      const { text } = await context.client().send({ method: 'DELETE', path, commandId: RestClient.commandId() });
      await printResult(context, text, `Removed the ${kind} "${name}".`);
    },
  };
}

const createUser: CommandSpec = {
  name: 'create',
  summary: 'make a user with a password, or replace the one of that name',
  description: 'The password comes from a file or a pipe, never from the command line, where others could see it.',
  arguments: [NAME],
  options: [GRANT, EXPIRES, PASSWORD],
  examples: [
    { command: 'aerolith user create ada --grant cities:writer --password-file -', does: 'type or pipe the password in' },
  ],
  async run(context, [name = ''], options) {
    const password = JSON.stringify(await passwordOf(context, options));
    const body = requestBody({ ...principalMembers(name, options), password });
    const { text } = await context.client().send({ method: 'POST', path: '/v1/users', body, commandId: RestClient.commandId() });
    await printResult(context, text, `Made the user "${name}".`);
  },
};

const createToken: CommandSpec = {
  name: 'create',
  summary: 'make a token; it is shown this once',
  arguments: [NAME],
  options: [GRANT, EXPIRES],
  examples: [
    { command: 'aerolith token create loader --grant cities:writer --expires 2030-01-01T00:00:00Z', does: 'for one collection' },
    { command: "aerolith token create reports --grant '*:reader' --json | jq -r .token > reports.key", does: 'into a file' },
  ],
  async run(context, [name = ''], options) {
    const body = requestBody(principalMembers(name, options));
    const { text } = await context.client().send({ method: 'POST', path: '/v1/tokens', body, commandId: RestClient.commandId() });
    const token = textIn(parseAnswer(text), 'token');
    const lines = `${token}\n${context.terminal.style('dim', 'This is the only time the token is shown.')}`;
    await printResult(context, context.jsonAsked ? text : token, lines);
  },
};

function principalMembers(name: string, options: Options): Record<string, string | undefined> {
  const expiresAt = options.text('expires');
  return {
    name: JSON.stringify(name),
    grants: JSON.stringify(Object.fromEntries(options.list('grant').map(parseGrant))),
    expiresAt: expiresAt === undefined ? undefined : JSON.stringify(expiresAt),
  };
}

function parseGrant(grant: string): [collection: string, role: string] {
  const colon = grant.lastIndexOf(':');
  const role = grant.slice(colon + 1);
  if (colon > 0 && ROLES.includes(role)) return [grant.slice(0, colon), role];
  throw usageError(`--grant takes COLLECTION:ROLE with a role out of ${ROLES.join(', ')}, not "${grant}".`);
}

async function passwordOf(context: Context, options: Options): Promise<string> {
  const file = options.text('passwordFile');
  if (file === undefined)
    throw usageError('Name the file that holds the password with --password-file FILE; - is standard input.');
  if (file === '-' && context.stdin.isTTY) context.terminal.err('Password (shown while you type; end with Ctrl-D): ');
  const text = file === '-' ? await streamText(context.stdin) : readFileSync(file, 'utf8');
  const password = text.replace(/\r?\n$/, '');
  if (password !== '') return password;
  throw usageError('The password is empty.');
}

function grantsText(grants: unknown): string {
  if (typeof grants !== 'object' || grants === null) return '';
  return Object.entries(grants)
    .map(([collection, role]) => `${collection}: ${String(role)}`)
    .join(', ');
}

function expiryText(ms: number): string {
  return ms === 0 ? 'no end' : new Date(ms).toISOString();
}

export const user: CommandSpec = {
  name: 'user',
  summary: 'list, make and remove users',
  examples: [],
  subcommands: [listCommand('user'), createUser, removeCommand('user')],
};

export const token: CommandSpec = {
  name: 'token',
  summary: 'list, make and remove tokens',
  examples: [],
  subcommands: [listCommand('token'), createToken, removeCommand('token')],
};

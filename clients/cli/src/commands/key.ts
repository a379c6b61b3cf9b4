import { asUsageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';

const reset: CommandSpec = {
  name: 'reset',
  summary: 'make another admin key for a node that does not run',
  description:
    'Writes a new admin token to admin.key in the data folder, readable by its owner only; the token before it is refused from the next start on. Users and other tokens stay. Who may write the data folder may do this, so it needs no token.',
  local: true,
  options: [{ flags: '--data <folder>', description: 'the data folder (default: ./aerolith-data)' }],
  examples: [{ command: 'aerolith key reset --data /srv/aerolith', does: 'when the key is lost or known to others' }],
  async run(context, _args, options) {
    const { resetAdminKey } = await import('@aerolithdb/node');
    const data = options.text('data') ?? context.env.AEROLITH_DATA ?? 'aerolith-data';
    const { file } = await resetAdminKey(data).catch((thrown: unknown) => {
      throw asUsageError(thrown);
    });
    const text = context.json
      ? JSON.stringify({ adminKeyFile: file })
      : `The new admin key is in ${file}; the one before is refused.`;
    await context.terminal.out(`${text}\n`);
  },
};

export const key: CommandSpec = {
  name: 'key',
  summary: 'replace a lost admin key',
  examples: [],
  subcommands: [reset],
};

import { usageError } from '../program/cli-error.ts';
import type { CommandSpec } from '../program/command-spec.ts';

export const shell: CommandSpec = {
  name: 'shell',
  summary: 'type JavaScript against a database, or run a script',
  description: `Code has the database as db, with its collections as properties, and is written without await: outside of functions that you write, the result of every call is awaited. Tab completes collections, fields, operators and methods; .help shows the commands of the shell; Ctrl-C stops what runs.

With --eval, a file, or code on standard input there is no prompt: the value of the last statement is printed, on a terminal as a table, else as Extended JSON, a document a line. An error is one sentence on standard error, and the exit code is not 0: 1 when the code failed, 3 when no server answers, 4 when the database refused.`,
  arguments: [
    { name: 'url', description: 'address of the server, as --url' },
    { name: 'file', description: 'a script to run; standard input when it is -' },
  ],
  options: [
    { flags: '--eval <code>', description: 'run this code and leave' },
    {
      flags: '--data <folder>',
      description: 'open the data folder of a node that does not run, in this process, without a server',
    },
  ],
  examples: [
    { command: 'aerolith shell', does: 'a prompt at the node on this machine' },
    {
      command: `aerolith shell --eval 'db.cities.find({population: {$gt: 1e6}}).sort({population: -1}).limit(5)'`,
      does: 'one query, as JSON in a pipe',
    },
    { command: 'aerolith shell http://127.0.0.1:8080 report.js', does: 'a script' },
    { command: `echo 'db.cities.count()' | aerolith shell`, does: 'code from a pipe' },
    { command: 'aerolith shell --data ./aerolith-data', does: 'the same without a server' },
  ],
  async run(context, args, options) {
    const urls = args.filter(isAddress);
    const files = args.filter((word) => !isAddress(word));
    const code = options.text('eval');
    if (urls.length > 1) throw usageError('Give one address.');
    if (files.length > 1) throw usageError(`Give one script; "${files[1]}" is a second one.`);
    if (code !== undefined && files.length > 0) throw usageError('Give --eval or a script, not both.');
    const [url = options.text('url')] = urls;
    const data = options.text('data');
    if (url !== undefined && data !== undefined) throw usageError('Give an address or --data, not both.');
    const { runShell } = await import('../shell/run-shell.ts');
    const where = { url, data, tokenFile: options.text('tokenFile'), env: context.env };
    await runShell(context, { where, code, file: files[0] });
  },
};

function isAddress(word: string): boolean {
  return /^[a-z]+:\/\//i.test(word);
}

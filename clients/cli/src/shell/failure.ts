import { AerolithError, suggestNearest } from '@aerolithdb/protocol';
import { asCliError, CliError, EXIT } from '../program/cli-error.ts';
import { CodeError } from './code/parse.ts';
import { collectionMethods, cursorMethods, databaseMethods } from './complete/methods.ts';

/** A failure of code as the user sees it: a code, one sentence, and an exit code. */
export function failure(thrown: unknown, text = ''): CliError {
  if (thrown instanceof CodeError) return new CliError('syntax', `${sentence(thrown.message)}${place(thrown, text)}`, EXIT.other);
  if (thrown instanceof CliError) return thrown;
  if (thrown instanceof AerolithError) return new CliError(thrown.code, thrown.message, exitOf(thrown), thrown.details);
  if (isInterrupted(thrown)) return interrupted();
  if (thrown instanceof TypeError)
    return new CliError('TypeError', unknownMethod(thrown.message) ?? described(thrown), EXIT.other);
  if (thrown instanceof Error && !('code' in thrown)) return new CliError(thrown.name, described(thrown), EXIT.other);
  return thrown instanceof Error ? asCliError(thrown) : new CliError('thrown', String(thrown), EXIT.other);
}

/** What Ctrl-C makes of the code that runs. `wasWriting`: a write had been sent and was not answered. */
export function interrupted(wasWriting = false): CliError {
  return new CliError(
    'interrupted',
    wasWriting ? 'Stopped. The write under way may have been applied.' : 'Stopped.',
    EXIT.interrupted,
  );
}

/** `node:vm` throws this when Ctrl-C comes while code computes. */
function isInterrupted(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}

function exitOf({ code }: AerolithError) {
  return code === 'unreachable' ? EXIT.unreachable : EXIT.refused;
}

/** With the line of a script, where the error has one. */
function described({ message, stack = '' }: Error): string {
  const shown = message.replace('(intermediate value).', '');
  const line = /\bat (?:.*\()?((?!node:|file:)[^\s()]+\.m?js:\d+)/.exec(stack)?.[1];
  return `${sentence(shown)}${line === undefined ? '' : ` (${line})`}`;
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** The line with a mark under the column. */
function place({ line, column }: CodeError, text: string): string {
  const shown = text.split('\n')[line - 1];
  if (shown === undefined) return '';
  const from = Math.max(0, column - 60);
  return `\n  ${shown.slice(from, from + 78)}\n  ${' '.repeat(column - from)}^`;
}

/** Methods of other shells, and what does the same here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  countDocuments: 'count',
  estimatedDocumentCount: 'count',
  getIndexes: 'indexes',
  ensureIndex: 'createIndex',
  initializeOrderedBulkOp: 'bulkWrite',
  initializeUnorderedBulkOp: 'bulkWrite',
  remove: 'deleteMany',
  insert: 'insertOne',
  update: 'updateOne',
  save: 'replaceOne',
  stats: 'describe',
  projection: 'project',
  pretty: 'toArray',
  getCollectionNames: 'collections',
};

/** A sentence with the nearest method, when what was called is none. */
function unknownMethod(message: string): string | undefined {
  const found = /^(.*?)\.?(\w+) is not a function$/.exec(message);
  if (found === null) return undefined;
  const [, owner = '', name = ''] = found;
  const [what, methods] = ownerOf(owner);
  const elsewhere = ELSEWHERE[name];
  const nearest = elsewhere !== undefined && methods.includes(elsewhere) ? elsewhere : suggestNearest(name, methods);
  if (nearest === name) return ownOfFind(what, name);
  if (nearest !== undefined) return `${what} no method ${name}; did you mean ${nearest}?`;
  return owner.startsWith('db.') ? `${what} no method ${name}; press Tab after the dot to see what there is.` : undefined;
}

/** For a method that a cursor of `find` has, and what it was called on has not. */
function ownOfFind(what: string, name: string): string {
  const stage = ['sort', 'limit', 'skip', 'project', 'count'].includes(name) ? `; in a pipeline put the stage $${name}` : '';
  return `${what} no method ${name}, which a find has${stage}.`;
}

/** What a result of a call is, its text does not tell. */
function ownerOf(owner: string): [string, readonly string[]] {
  if (owner === 'db') return ['The database has', databaseMethods()];
  if (/^db\.[\w$]+$/.test(owner)) return ['A collection has', collectionMethods()];
  return owner === '(intermediate value)'
    ? ['What was called before it has', [...cursorMethods(), ...collectionMethods()]]
    : ['It has', []];
}

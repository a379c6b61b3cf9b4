import { type Command, type Operation, type Outcome, parseValue, position, toStored } from '@aerolithdb/protocol';

/**
 * Scenario files. Blocks of commands are parted by blank lines; a line is `[id=ID] TYPE JSON`, where documents, filters and
 * updates are written as they are. `----` and what came of each command follow. Lines with `#` are comments; `restart` on a
 * line of its own closes and opens the engine.
 */
export type ScenarioBlock = { readonly comments: readonly string[]; readonly lines: readonly string[] };

/** Fields that travel as stored text. */
const STORED = new Set(['filter', 'update', 'arrayFilters', 'sort', 'document', 'id', 'upsertId']);

export function parseScenario(text: string): ScenarioBlock[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .map((lines) => {
      const end = lines.indexOf('----');
      const input = end === -1 ? lines : lines.slice(0, end);
      return { comments: input.filter((line) => line.startsWith('#')), lines: input.filter((line) => !line.startsWith('#')) };
    })
    .filter(({ comments, lines }) => comments.length + lines.length > 0);
}

export function parseCommand(line: string, defaultId: string): Command {
  const match = /^(?:id=(\S+) )?(\S+) (.*)$/.exec(line);
  if (match === null) throw new Error(`Not a command: ${line}`);
  const fields = JSON.parse(match[3]!) as Record<string, unknown>;
  return { id: match[1] ?? defaultId, actor: 'tester', operation: operationOf(match[2]!, fields) };
}

function operationOf(type: string, fields: Readonly<Record<string, unknown>>): Operation {
  const entries = Object.entries(fields).map(([name, value]) => [name, fieldOf(name, value)]);
  return { type, ...Object.fromEntries(entries) } as Operation;
}

function fieldOf(name: string, value: unknown): unknown {
  if (STORED.has(name)) return storedText(value);
  if (name === 'documents' && Array.isArray(value)) return value.map(storedText);
  if (name === 'reads' && Array.isArray(value)) return value.map((read) => ({ ...read, id: storedText(read.id) }));
  if (name === 'operations' && Array.isArray(value)) return value.map(({ type, ...rest }) => operationOf(type, rest));
  if (
    name === 'options' &&
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    typeof value.schema === 'object'
  ) {
    return { ...value, schema: value.schema === null ? null : JSON.stringify(value.schema) };
  }
  return value;
}

/** A text with `raw:` before it is taken as it is, so that a scenario can send what no client makes. */
function storedText(value: unknown): string {
  if (typeof value === 'string' && value.startsWith('raw:')) return value.slice('raw:'.length);
  return toStored(parseValue(JSON.stringify(value)));
}

/** `ok 3/1 v3/1 {…}`: height and index of the position, the same of the version, result. */
export function outcomeLine(outcome: Outcome): string {
  if (!outcome.ok) {
    const { code, message, details } = outcome.error;
    return `refused ${code}: ${message}${details === undefined ? '' : ` ${JSON.stringify(details)}`}`;
  }
  const { receipt, result, repeated } = outcome;
  return `${repeated === true ? 'repeated' : 'ok'} ${place(receipt.position)} v${place(receipt.version)} ${JSON.stringify(result)}`;
}

function place(at: number): string {
  const unit = position(1, 0);
  return `${Math.floor(at / unit)}/${at % unit}`;
}

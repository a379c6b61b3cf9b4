import { readFileSync } from 'node:fs';
import { AerolithError, suggestNearest } from '@aerolithdb/protocol';
import { type NodeOptions, OPTION_NAMES, OPTIONS, type OptionDeclaration, type OptionName } from './options.ts';

export type OptionSources = {
  /** Values of flags, by the names of `OPTIONS` (`readTimeoutMs`, not `--read-timeout-ms`). */
  readonly flags?: Partial<Record<OptionName, string | undefined>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

const PREFIX = 'AEROLITH_';

type Texts = Partial<Record<OptionName, { readonly text: string; readonly from: string }>>;

/** Flags go before the environment, that before the configuration file, that before defaults. Throws `invalid_configuration`. */
export function readOptions({ flags = {}, environment = {} }: OptionSources = {}): NodeOptions {
  const given: Texts = { ...fromEnvironment(environment), ...fromFlags(flags) };
  const file = given.config?.text;
  const texts: Texts = { ...fromDefaults(), ...(file !== undefined && fromFile(file)), ...given };
  const entries = OPTION_NAMES.flatMap((name) => {
    const entry = texts[name];
    return entry === undefined ? [] : [[name, declaration(name).parse(entry.text, entry.from)] as const];
  });
  // Each entry is a declared name with the value that its own `parse` made.
  return Object.fromEntries(entries) as unknown as NodeOptions;
}

function declaration(name: OptionName): OptionDeclaration<unknown> {
  return OPTIONS[name];
}

function fromDefaults(): Texts {
  return collect((name) => ({ text: OPTIONS[name].defaultText, from: OPTIONS[name].flag }));
}

function fromFlags(flags: Partial<Record<OptionName, string | undefined>>): Texts {
  return collect((name) => ({ text: flags[name], from: OPTIONS[name].flag }));
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Texts {
  for (const name of Object.keys(environment)) if (name.startsWith(PREFIX)) refuseMisspelt(name);
  return collect((name) => ({ text: environment[OPTIONS[name].environment], from: OPTIONS[name].environment }));
}

/** Other programs have variables with this prefix too, so only what looks like a misspelt option is refused. */
function refuseMisspelt(variable: string): void {
  const known = OPTION_NAMES.map((name) => OPTIONS[name].environment.slice(PREFIX.length));
  const word = variable.slice(PREFIX.length);
  if (known.includes(word)) return;
  const nearest = suggestNearest(word, known);
  if (nearest !== undefined) throw unknown(variable, `${PREFIX}${nearest}`, 'environment variable');
}

function fromFile(file: string): Texts {
  const content = parseFile(file);
  const stray = Object.keys(content).find((key) => !OPTION_NAMES.includes(key as OptionName) || key === 'config');
  if (stray !== undefined) throw unknown(stray, suggestNearest(stray, OPTION_NAMES), `option in ${file}`);
  return collect((name) => ({ text: textOf(content[name], name, file), from: `${name} in ${file}` }));
}

function parseFile(file: string): Readonly<Record<string, unknown>> {
  const fail = (why: string) =>
    new AerolithError('invalid_configuration', `The configuration file ${file} cannot be used: ${why}.`, { file });
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
  } catch (thrown) {
    throw fail(thrown instanceof Error ? thrown.message : String(thrown));
  }
  throw fail('it must hold one JSON object');
}

function textOf(value: unknown, name: string, file: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new AerolithError('invalid_configuration', `${name} in ${file} must be a text or a number.`, { option: name, file });
}

function collect(find: (name: OptionName) => { readonly text: string | undefined; readonly from: string }): Texts {
  const texts: Texts = {};
  for (const name of OPTION_NAMES) {
    const { text, from } = find(name);
    if (text !== undefined) texts[name] = { text, from };
  }
  return texts;
}

function unknown(name: string, nearest: string | undefined, what: string): AerolithError {
  const hint = nearest === undefined ? 'Remove it.' : `Did you mean ${nearest}?`;
  return new AerolithError('invalid_configuration', `There is no ${what} "${name}". ${hint}`, { option: name, nearest });
}

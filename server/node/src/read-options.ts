import { AerolithError, suggestNearest } from '@aerolithdb/protocol';
import { readOptionFile } from './option-file.ts';
import { type OptionOrigin, originText } from './option-origin.ts';
import { type NodeOptions, OPTION_NAMES, OPTIONS, type OptionDeclaration, type OptionName } from './options.ts';

export type OptionSources = {
  /** Values of flags, by the names of `OPTIONS` (`readTimeoutMs`, not `--read-timeout-ms`). */
  readonly flags?: Partial<Record<OptionName, string | undefined>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/** The text that an option was given, and where. */
export type GivenOption = { readonly text: string; readonly origin: OptionOrigin };

/** What every option was given; an option without default that nobody gave is absent. */
export type GivenOptions = Partial<Record<OptionName, GivenOption>>;

const PREFIX = 'AEROLITH_';

/** Flags go before the environment, that before the configuration file, that before defaults. Throws `invalid_configuration`. */
export function readOptions(sources: OptionSources = {}): NodeOptions {
  return parseGiven(readGiven(sources));
}

/** Which value each option has and where it came from, not yet parsed. Throws `invalid_configuration`. */
export function readGiven({ flags = {}, environment = {} }: OptionSources = {}): GivenOptions {
  const given = { ...fromEnvironment(environment), ...fromFlags(flags) };
  const file = given.config?.text;
  return { ...fromDefaults(), ...(file !== undefined && fromFile(file)), ...given };
}

/** The values of what was given. Throws `invalid_configuration`, naming the place. */
export function parseGiven(given: GivenOptions): NodeOptions {
  const entries = OPTION_NAMES.flatMap((name) => {
    const entry = given[name];
    return entry === undefined ? [] : [[name, declaration(name).parse(entry.text, placeOf(name, entry.origin))] as const];
  });
  // Each entry is a declared name with the value that its own `parse` made.
  return Object.fromEntries(entries) as unknown as NodeOptions;
}

function placeOf(name: OptionName, origin: OptionOrigin): string {
  if (origin.from === 'file') return `${name} in ${originText(origin)}`;
  return origin.from === 'default' ? OPTIONS[name].flag : originText(origin);
}

function declaration(name: OptionName): OptionDeclaration<unknown> {
  return OPTIONS[name];
}

function fromDefaults(): GivenOptions {
  return collect((name) => ({ text: OPTIONS[name].defaultText, origin: { from: 'default' } }));
}

function fromFlags(flags: Partial<Record<OptionName, string | undefined>>): GivenOptions {
  return collect((name) => ({ text: flags[name], origin: { from: 'flag', flag: OPTIONS[name].flag } }));
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): GivenOptions {
  for (const name of Object.keys(environment)) if (name.startsWith(PREFIX)) refuseMisspelt(name);
  return collect((name) => {
    const variable = OPTIONS[name].environment;
    return { text: environment[variable], origin: { from: 'environment', variable } };
  });
}

/** Other programs have variables with this prefix too, so only what looks like a misspelt option is refused. */
function refuseMisspelt(variable: string): void {
  const known = OPTION_NAMES.map((name) => OPTIONS[name].environment.slice(PREFIX.length));
  const word = variable.slice(PREFIX.length);
  if (known.includes(word)) return;
  const nearest = suggestNearest(word, known);
  if (nearest !== undefined) throw unknown('environment variable', variable, '', `${PREFIX}${nearest}`);
}

/** What a file may name: all but the file itself. */
const IN_FILE = OPTION_NAMES.filter((name) => name !== 'config');

function fromFile(file: string): GivenOptions {
  const entries = new Map(readOptionFile(file).map((entry) => [entry.name, entry]));
  for (const { name, line } of entries.values()) {
    if (!IN_FILE.some((known) => known === name))
      throw unknown('option', name, ` in ${file}:${line}`, suggestNearest(name, IN_FILE));
  }
  return collect((name) => {
    const entry = entries.get(name);
    return { text: entry?.text, origin: { from: 'file', file, line: entry?.line ?? 0 } };
  });
}

function collect(find: (name: OptionName) => { readonly text: string | undefined; readonly origin: OptionOrigin }): GivenOptions {
  const given: GivenOptions = {};
  for (const name of OPTION_NAMES) {
    const { text, origin } = find(name);
    if (text !== undefined) given[name] = { text, origin };
  }
  return given;
}

function unknown(what: string, name: string, where: string, nearest: string | undefined): AerolithError {
  const hint = nearest === undefined ? 'Remove it.' : `Did you mean ${nearest}?`;
  return new AerolithError('invalid_configuration', `There is no ${what} "${name}"${where}. ${hint}`, { option: name, nearest });
}

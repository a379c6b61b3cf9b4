import type { IncomingMessage } from 'node:http';
import { AerolithError, NotImplemented, parseValue, suggestNearest } from '@aerolithdb/protocol';
import { idFromSegment } from './document-id.ts';
import type { Field, KindTypes, Parsed } from './field.ts';
import { instantFromText } from './instant.ts';
import { allowedText, boundedInteger } from './parse-fields.ts';

/** A field with its place in the request. A header is named in lower case. */
export type Parameter = Field & { readonly in: 'path' | 'query' | 'header' };

export type Parameters = Readonly<Record<string, Parameter>>;

type Source = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: string;
  readonly exchange: { readonly request: IncomingMessage };
};

type Named = { readonly name: string; readonly parameter: Parameter };

/**
 * The function that reads and checks the parameters of a request.
 * It throws `invalid_request` for a query parameter that is unknown (naming the nearest), given twice, missing or malformed.
 */
export function parseParameters<P extends Parameters>(parameters: P): (source: Source) => Parsed<P> {
  const all: Named[] = Object.keys(parameters).map((name) => ({ name, parameter: parameters[name]! }));
  const direct = all.filter(({ parameter }) => parameter.in !== 'query');
  const queried = new Map(all.filter(({ parameter }) => parameter.in === 'query').map((named) => [named.name, named]));
  const required = all.filter(({ parameter }) => parameter.required === true && parameter.in === 'query');
  return (source) => {
    const parsed: Record<string, KindTypes[keyof KindTypes]> = {};
    for (const { name, parameter } of direct) {
      const text = parameter.in === 'path' ? source.path[name] : headerText(source.exchange.request, name);
      if (text !== undefined) parsed[name] = parameterValue(text, parameter, name);
    }
    if (source.query !== '') readQuery(source.query, queried, parsed);
    for (const { name } of required) if (!(name in parsed)) throw missing(name);
    // Each name and kind that the type states has been checked above.
    return parsed as unknown as Parsed<P>;
  };
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function readQuery(query: string, known: ReadonlyMap<string, Named>, parsed: Record<string, KindTypes[keyof KindTypes]>): void {
  for (const [name, text] of new URLSearchParams(query)) {
    const named = known.get(name);
    if (named === undefined) throw unknown(name, [...known.keys()]);
    if (Object.hasOwn(parsed, name)) {
      throw new AerolithError('invalid_request', `The query parameter "${name}" is given twice; give it once.`, {
        parameter: name,
      });
    }
    parsed[name] = parameterValue(text, named.parameter, name);
  }
}

function unknown(name: string, candidates: readonly string[]): AerolithError {
  const nearest = suggestNearest(name, candidates);
  const takes = candidates.length === 0 ? 'it takes none' : `it takes ${candidates.join(', ')}`;
  const hint = nearest === undefined ? `${takes}.` : `did you mean "${nearest}"?`;
  return new AerolithError('invalid_request', `This address has no query parameter "${name}"; ${hint}`, {
    parameter: name,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function missing(name: string): AerolithError {
  return new AerolithError('invalid_request', `The query parameter "${name}" is missing.`, { parameter: name });
}

function parameterValue(text: string, parameter: Parameter, name: string): KindTypes[keyof KindTypes] {
  switch (parameter.kind) {
    case 'string':
      return allowedText(text, parameter, name);
    case 'id':
      return idFromSegment(text);
    case 'integer':
      return boundedInteger(wholeNumber(text, name), parameter, name);
    case 'at':
      return instantFromText(text);
    case 'boolean':
      return flag(text, parameter, name);
    default:
      return parseValue(text);
  }
}

function wholeNumber(text: string, name: string): number {
  const number = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new AerolithError('invalid_request', `"${name}" must be a whole number; it was ${JSON.stringify(text)}.`, {
    parameter: name,
  });
}

function flag(text: string, parameter: Parameter, name: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw new AerolithError('invalid_request', `"${name}" must be true or false; it was ${JSON.stringify(text)}.`, {
      parameter: name,
    });
  }
  if (text === 'true' && parameter.unfinished !== undefined) throw new NotImplemented(parameter.unfinished);
  return text === 'true';
}

import { type Document, RegularExpression, type Value } from '@aerolithdb/protocol';
import { type CompiledRegex, compileRegex, type RegexMatch } from '../regex.ts';
import { combine, constantValue, type Expression, type Scope } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { type Operator, type Operators, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { checkLength } from './result-size.ts';
import { isNullish } from './truth.ts';
import { lengthInCodePoints } from './utf8.ts';
import { textArgument } from './value-argument.ts';

export const REGEXES: Operators = {
  $regexFind: searching('The first match as { match, idx, captures }, or null.', null, (regex, text) => {
    const first = regex.matches(text).next().value as RegexMatch | undefined;
    return first === undefined ? null : describe(first, lengthInCodePoints(text.slice(0, first.index)));
  }),
  $regexFindAll: searching('All matches as { match, idx, captures }.', [], findAll),
  $regexMatch: searching('Whether the regular expression matches the text.', false, (regex, text) => regex.test(text)),
};

type Search = (regex: CompiledRegex, text: string, name: string, scope: Scope) => Value;

/** `nothing` is the result of a text or a regular expression that is null or missing. */
function searching(summary: string, nothing: Value, search: Search): Operator {
  return {
    form: '{ input, regex, options }',
    summary,
    parse(operand, context, name) {
      const fields = readFields(operand, name, { required: ['input', 'regex'], optional: ['options'] });
      const input = context.parse(fields.get('input')!);
      const regex = regexSource(fields, context, name);
      return combine([input, ...regex.parts], (scope) => {
        const text = input.evaluate(scope);
        const compiled = regex.compile(scope);
        if (isNullish(text) || compiled === undefined) return nothing;
        spendOnSearch(compiled, textArgument(text, name).length, scope);
        return search(compiled, textArgument(text, name), name, scope);
      });
    },
  };
}

/** A step is 128 instructions on one character, or one of them on 128 characters. */
function spendOnSearch({ instructions }: CompiledRegex, length: number, { steps }: Scope): void {
  steps?.spend(Math.ceil((instructions * length) / 128));
}

type RegexSource = {
  readonly parts: readonly Expression[];
  /** Undefined when the pattern is null or missing. */
  readonly compile: (scope: Scope) => CompiledRegex | undefined;
};

/** A constant pattern is compiled once. */
function regexSource(fields: ReadonlyMap<string, Value>, context: ParseContext, name: string): RegexSource {
  const parts = [context.parse(fields.get('regex')!), context.parse(fields.get('options') ?? null)];
  if (parts.every((part) => part.isConstant)) {
    const [regex, options] = parts.map(constantValue);
    const compiled = compile(regex, options, name);
    return { parts, compile: () => compiled };
  }
  return { parts, compile: (scope) => compileNow(parts[0]!.evaluate(scope), parts[1]!.evaluate(scope), name, scope) };
}

/** Compiling takes as many steps as the pattern has instructions. */
function compileNow(
  regex: Value | undefined,
  options: Value | undefined,
  name: string,
  { steps }: Scope,
): CompiledRegex | undefined {
  const compiled = compile(regex, options, name);
  steps?.spend(compiled?.instructions ?? 0);
  return compiled;
}

function compile(regex: Value | undefined, options: Value | undefined, name: string): CompiledRegex | undefined {
  if (isNullish(regex)) return undefined;
  const letters = isNullish(options) ? undefined : textArgument(options, name);
  if (typeof regex === 'string') return compileRegex(regex, letters);
  if (!(regex instanceof RegularExpression)) throw doesNotFit(name, 'a string or a regular expression as "regex"', regex);
  if (letters === undefined || regex.options === '') return compileRegex(regex.pattern, letters ?? regex.options);
  throw invalidExpression(name, `${name} takes options with the regular expression or in "options", not in both.`);
}

function findAll(regex: CompiledRegex, text: string, name: string, scope: Scope): Value {
  const found: Value[] = [];
  let counted = 0;
  let index = 0;
  for (const match of regex.matches(text)) {
    index += lengthInCodePoints(text.slice(counted, match.index));
    counted = match.index;
    found.push(describe(match, index));
    spendOnSearch(regex, text.length - match.index, scope);
    checkLength(found.length, name);
  }
  return found;
}

function describe({ text, groups }: RegexMatch, index: number): Document {
  return new Map<string, Value>([
    ['match', text],
    ['idx', index],
    ['captures', [...groups]],
  ]);
}

import { AerolithError, LIMITS } from '@aerolithdb/protocol';
import { RE2JS } from 're2js';
import { QUERY_LIMITS } from './limits.ts';

export type CompiledRegex = {
  readonly pattern: string;
  /** Sorted, without repeats. */
  readonly options: string;
  /** Of the compiled program; a search takes time in proportion to them and to the length of the text. */
  readonly instructions: number;
  /** A plain comparison of texts does it. */
  readonly isLiteral: boolean;
  readonly test: (text: string) => boolean;
  /** The matches one behind the other, each found in time linear in the rest of the text. */
  readonly matches: (text: string) => Generator<RegexMatch>;
};

/** `index` counts UTF-16 units. Null for a group that took no part. */
export type RegexMatch = { readonly index: number; readonly text: string; readonly groups: readonly (string | null)[] };

/**
 * Compiles a regular expression to a test that takes time linear in the text (RE2).
 *
 * `options` are letters out of `imsxu` (`u` changes nothing: matching is by code points). Throws `invalid_regex`: malformed,
 * longer than `LIMITS.regexBytes`, an unknown option, or what linear-time matching cannot do (lookaround, backreferences).
 * Unlike PCRE, `$` without `m` matches only at the very end of the text.
 */
export function compileRegex(pattern: string, options = ''): CompiledRegex {
  const letters = checkOptions(pattern, options);
  checkSize(pattern);
  const source = letters.includes('x') ? withoutSpace(pattern) : pattern;
  const program = compileProgram(pattern, source, letters);
  const literal = literalTest(source, letters);
  return {
    pattern,
    options: letters,
    instructions: program.programSize(),
    isLiteral: literal !== undefined,
    test: literal ?? ((text) => program.test(text)),
    matches: (text) => matchesOf(program, text),
  };
}

function* matchesOf(program: RE2JS, text: string): Generator<RegexMatch> {
  const matcher = program.matcher(text);
  while (matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() }, (_, i) => matcher.group(i + 1));
    yield { index: matcher.start(), text: matcher.group() ?? '', groups };
  }
}

/**
 * The literal text that every match begins with, for a pattern anchored by `^`; undefined when there is none.
 * `^Ber` gives `Ber`, `^Berl?in` gives `Ber`.
 */
export function regexPrefix(pattern: string, options = ''): string | undefined {
  if (/[imx]/.test(options) || !pattern.startsWith('^') || pattern.includes('|')) return undefined;
  const { text, end } = leadingLiteral(pattern, 1);
  const next = pattern[end];
  const optional = next === '*' || next === '?' || next === '{';
  const prefix = optional ? withoutLastCharacter(text) : text;
  return prefix === '' ? undefined : prefix;
}

function checkOptions(pattern: string, options: string): string {
  for (const letter of options) {
    if (!'imsxu'.includes(letter)) {
      throw new AerolithError('invalid_regex', `"${letter}" is no option of a regular expression; use i, m, s, x or u.`, {
        pattern,
        options,
      });
    }
  }
  return [...new Set(options)].sort().join('');
}

function checkSize(pattern: string): void {
  // A UTF-16 unit takes at most three bytes, so most patterns need no count.
  if (pattern.length * 3 <= LIMITS.regexBytes) return;
  let bytes = 0;
  for (const character of pattern) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  if (bytes <= LIMITS.regexBytes) return;
  throw new AerolithError(
    'invalid_regex',
    `A regular expression has at most ${LIMITS.regexBytes} bytes; this one has ${bytes}.`,
    {
      bytes,
      limit: LIMITS.regexBytes,
    },
  );
}

function compileProgram(pattern: string, source: string, options: string): RE2JS {
  let flags = 0;
  if (options.includes('i')) flags |= RE2JS.CASE_INSENSITIVE;
  if (options.includes('m')) flags |= RE2JS.MULTILINE;
  if (options.includes('s')) flags |= RE2JS.DOTALL;
  const program = compileSource(pattern, source, flags);
  if (program.programSize() <= QUERY_LIMITS.regexInstructions) return program;
  throw new AerolithError('invalid_regex', 'The counted repetitions of the regular expression are too large; lower the counts.', {
    pattern,
  });
}

function compileSource(pattern: string, source: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(source, flags);
  } catch (cause) {
    throw new AerolithError('invalid_regex', refusal(pattern, cause), { pattern });
  }
}

function refusal(pattern: string, cause: unknown): string {
  if (/\(\?<?[=!]/.test(pattern))
    return 'Regular expressions here match in linear time, so lookahead and lookbehind are not available.';
  if (/\\[1-9k]/.test(pattern)) return 'Regular expressions here match in linear time, so backreferences are not available.';
  const reason = cause instanceof Error ? cause.message.replace(/^error parsing regexp: /, '') : 'malformed';
  return `The regular expression is not accepted: ${reason}.`;
}

/** A test without the engine for a pattern that is only text, or only text after `^`. */
function literalTest(source: string, options: string): ((text: string) => boolean) | undefined {
  if (options.includes('i')) return undefined;
  const anchored = source.startsWith('^');
  if (anchored && options.includes('m')) return undefined;
  const { text, end } = leadingLiteral(source, anchored ? 1 : 0);
  if (end !== source.length) return undefined;
  return anchored ? (subject) => subject.startsWith(text) : (subject) => subject.includes(text);
}

/** The text from `start` up to the first character with a meaning; a backslash before punctuation is taken off. */
function leadingLiteral(source: string, start: number): { text: string; end: number } {
  let text = '';
  let at = start;
  while (at < source.length) {
    const character = source[at]!;
    if (character === '\\') {
      const escaped = source[at + 1];
      if (escaped === undefined || !/[!-/:-@[-`{-~]/.test(escaped)) break;
      text += escaped;
      at += 2;
    } else if ('^$.|?*+()[]{}'.includes(character)) break;
    else {
      text += character;
      at += 1;
    }
  }
  return { text, end: at };
}

function withoutLastCharacter(text: string): string {
  return [...text].slice(0, -1).join('');
}

/** What option `x` means: white space and comments outside of character classes are not part of the pattern. */
function withoutSpace(pattern: string): string {
  let kept = '';
  let at = 0;
  while (at < pattern.length) {
    const end = tokenEnd(pattern, at);
    const token = pattern.slice(at, end);
    if (!/^[ \t\n\v\f\r#]/.test(token)) kept += token;
    at = end;
  }
  return kept;
}

/** Where the escape, character class, comment or single character that begins at `at` ends. */
function tokenEnd(pattern: string, at: number): number {
  const character = pattern[at]!;
  if (character === '\\') return at + 2;
  if (character === '#') {
    const end = pattern.indexOf('\n', at);
    return end === -1 ? pattern.length : end + 1;
  }
  if (character !== '[') return at + 1;
  // A bracket that opens the class is part of it, and so is what stands in `[:alpha:]`.
  const rest = /^\[\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]/s.exec(pattern.slice(at));
  return rest === null ? pattern.length : at + rest[0].length;
}

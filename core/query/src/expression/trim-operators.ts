import type { Value } from '@aerolithdb/protocol';
import { type NamedValues, named, type Operator, type Operators } from './operator.ts';
import { isNullish } from './truth.ts';
import { textArgument } from './value-argument.ts';

export const TRIMMING: Operators = {
  $ltrim: trimming('The text without white space, or the characters of "chars", at its beginning.', true, false),
  $rtrim: trimming('The text without white space, or the characters of "chars", at its end.', false, true),
  $trim: trimming('The text without white space, or the characters of "chars", at both ends.', true, true),
};

/** White space and null, as MongoDB's manual lists them under `$trim`. */
const WHITE_SPACE = new Set('\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a');

function trimming(summary: string, left: boolean, right: boolean): Operator {
  const names = { required: ['input'], optional: ['chars'] } as const;
  return named('{ input, chars }', summary, names, ({ input, chars }: NamedValues<'input' | 'chars'>, name, given): Value => {
    if (isNullish(input) || (given.has('chars') && isNullish(chars))) return null;
    const set = given.has('chars') ? new Set(textArgument(chars, name)) : WHITE_SPACE;
    return trim([...textArgument(input, name)], set, left, right);
  });
}

function trim(characters: readonly string[], set: ReadonlySet<string>, left: boolean, right: boolean): string {
  let start = 0;
  let end = characters.length;
  while (left && start < end && set.has(characters[start]!)) start += 1;
  while (right && end > start && set.has(characters[end - 1]!)) end -= 1;
  return characters.slice(start, end).join('');
}

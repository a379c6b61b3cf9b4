import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '@aerolithdb/protocol';
import { compileRegex, regexPrefix } from './regex.ts';
import { tableRows } from './text-table.ts';

test('patterns match as PCRE does within what RE2 knows', () => {
  const table = `
    abc            | -  | xabcx      | yes
    abc            | -  | ABC        | no
    abc            | i  | xABC       | yes
    ^abc           | -  | abcd       | yes
    ^abc           | -  | xabc       | no
    a\\.b          | -  | a.b        | yes
    a\\.b          | -  | axb        | no
    ^a\\.b         | -  | a.bc       | yes
    a.b            | -  | axb        | yes
    ^(ab|cd)+$     | -  | abcdab     | yes
    ^\\d{3}-\\d+$  | -  | 123-4567   | yes
    \\bcat\\b      | -  | a cat sat  | yes
    \\bcat\\b      | -  | concat     | no
    ^.$            | -  | 😀         | yes
    ^ß$            | i  | ẞ          | yes
    é              | -  | café       | yes
    a b            | x  | ab         | yes
    a\\ b          | x  | a b        | yes
    a[ ]b          | x  | a b        | yes
    ^[] a]$        | x  | ]          | yes
    ^[^] a]$       | x  | b          | yes
    ^[^] a]$       | x  | ]          | no
    ^[[:alpha:] ] b$ | x | xb        | yes
    ^[\\] ]$     | x  | ]          | yes
    a#comment      | x  | a          | yes
    x*             | -  | abc        | yes
    \\p{Greek}     | -  | λ          | yes
    ^\\Qa.b\\E$    | -  | a.b        | yes
  `;
  for (const [pattern, options, text, expected] of tableRows(table)) {
    const actual = compileRegex(pattern!, options === '-' ? '' : options!).test(text!);
    assert.equal(actual, expected === 'yes', `/${pattern}/${options} on ${text}`);
  }
});

test('options are sorted and said once', () => {
  assert.equal(compileRegex('a', 'xsmi').options, 'imsx');
  assert.equal(compileRegex('a', 'ii').options, 'i');
  assert.equal(compileRegex('a', 'u').test('a'), true);
  assert.throws(() => compileRegex('a', 'g'), { code: 'invalid_regex' });
});

test('what linear time cannot do is refused by name', () => {
  for (const pattern of ['a(?=b)', 'a(?!b)', '(?<=a)b', '(?<!a)b']) {
    assert.throws(() => compileRegex(pattern), { code: 'invalid_regex', message: /lookahead and lookbehind/ });
  }
  for (const pattern of ['(a)\\1', '(?P<n>a)\\k<n>']) {
    assert.throws(() => compileRegex(pattern), { code: 'invalid_regex', message: /backreferences/ });
  }
  for (const pattern of ['(', 'a{2000}', '[z-a]', 'a**', '\\']) {
    assert.throws(() => compileRegex(pattern), { code: 'invalid_regex', message: /not accepted/ });
  }
});

test('the length of a pattern is bounded in bytes', () => {
  assert.ok(compileRegex('a'.repeat(LIMITS.regexBytes)));
  assert.throws(() => compileRegex('a'.repeat(LIMITS.regexBytes + 1)), { code: 'invalid_regex' });
  assert.ok(compileRegex('é'.repeat(LIMITS.regexBytes / 2)));
  assert.throws(() => compileRegex(`é${'é'.repeat(LIMITS.regexBytes / 2)}`), { code: 'invalid_regex' });
});

test('what a pattern may cost is bounded', () => {
  const words = Array.from({ length: 120 }, (_, index) => `word${index}`).join('|');
  assert.ok(compileRegex(words).test('a word77 b'));
  assert.ok(compileRegex('^[a-z]{1,500}$').test('abc'));
  for (const pattern of ['.{1000}.{1000}.{1000}', '(a{30}){30}(b{30}){30}(c{30}){30}']) {
    assert.throws(() => compileRegex(pattern), { code: 'invalid_regex', message: /repetitions/ });
  }
});

test('the literal prefix of an anchored pattern', () => {
  const table = `
    ^Ber      | -  | Ber
    ^Berl?in  | -  | Ber
    ^ab*      | -  | a
    ^ab{0,2}  | -  | a
    ^ab+      | -  | ab
    ^a\\.b.*  | -  | a.b
    ^a\\d     | -  | a
    ^ab$      | -  | ab
    ^ab       | s  | ab
    ^x😀*     | -  | x
    Ber       | -  | -
    ^.        | -  | -
    ^a?       | -  | -
    ^         | -  | -
    ^a|b      | -  | -
    ^(ab)     | -  | -
    ^ab       | i  | -
    ^ab       | m  | -
    ^ab       | x  | -
  `;
  for (const [pattern, options, expected] of tableRows(table)) {
    const prefix = regexPrefix(pattern!, options === '-' ? '' : options!);
    assert.equal(prefix, expected === '-' ? undefined : expected, `${pattern} ${options}`);
  }
});

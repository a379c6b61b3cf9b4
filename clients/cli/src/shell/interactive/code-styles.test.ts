import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeStyles } from './code-styles.ts';

const SIGNS = { dim: 'c', green: 's', yellow: 'n', bold: 'o', cyan: 'k', red: 'r' } as const;

/** Code, and under each of its signs the first letter of what it is: keyword, string, number, operator, comment. */
const CASES = `
const n = db.cities.count({a: {$gt: 1e6}})
kkkkk                          ooo  nnn
db.cities.find({name: 'it\\'s', on: true}) // all
                      sssssss      nnnn   cccccc
print("open
      sssss
\`a \${n}
sssssss
a.of / b / 2; x = /[/"]+\\/x/i
           n      sssssssssss
.schema cities
kkkkkkk
.5 + x9 + _0
nn
f(/* to the end
  ccccccccccccc
for (const c of db.in) return 1e-7
kkk  kkkkk   kk        kkkkkk nnnn
`;

test('what is typed has the style of what it is, finished or not', () => {
  const lines = CASES.slice(1, -1).split('\n');
  for (let index = 0; index < lines.length; index += 2) {
    const code = lines[index]!;
    const shown = codeStyles(code).map((style) => (style === undefined ? ' ' : SIGNS[style]));
    assert.equal(`${code}\n${shown.join('').trimEnd()}`, `${code}\n${lines[index + 1]}`);
  }
});

test('a text goes on over lines, and there is a style for every sign', () => {
  assert.deepEqual(codeStyles('`a\nb` 1'), ['green', 'green', 'green', 'green', 'green', undefined, 'yellow']);
  assert.deepEqual(codeStyles(''), []);
});

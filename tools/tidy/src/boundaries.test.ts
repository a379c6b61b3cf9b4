import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BOUNDARIES } from './boundaries.ts';

test('CONTRIBUTING shows the table that is enforced', () => {
  const page = readFileSync(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/^\| `(?<of>[^`]+\/[^`]*)` \| (?<mayImport>[^|]*) \| (?<node>yes|no) \|$/gm)].map(
    ({ groups }) => ({ ...groups }),
  );
  const enforced = BOUNDARIES.map(({ of, mayImport, node, except }) => {
    const names = typeof mayImport === 'string' ? mayImport : short(mayImport) || 'nothing';
    const more =
      except === undefined
        ? ''
        : ` (\`start\`, \`backup\`, \`restore\`, \`config\`, \`doctor\`, \`bench\`, \`key\`, \`shell --data\` also ${short(except.mayImport)})`;
    return { of, mayImport: names + more, node: node ? 'yes' : 'no' };
  });
  assert.deepEqual(shown, enforced);
});

function short(specifiers: readonly string[]): string {
  return specifiers.map((specifier) => specifier.replace('@aerolithdb/', '')).join(', ');
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PathTree } from './path-tree.ts';
import { tableRows } from './text-table.ts';
import { comparePaths } from './update-path.ts';

test('equal paths and prefixes conflict, neighbours do not', () => {
  const table = `
    a        | a        | a
    a        | a.b      | a
    a.b      | a        | a.b
    a.b.c    | a        | a.b.c
    a.b      | a.c      | -
    a.b      | ab       | -
    a.b      | b.a      | -
    a.b      | a.b.c.d  | a.b
  `;
  for (const [first, second, expected] of tableRows(table)) {
    const tree = new PathTree();
    assert.equal(tree.add(first!.split('.')), undefined);
    assert.equal(tree.add(second!.split('.'))?.join('.') ?? '-', expected, `${first} and ${second}`);
  }
});

test('paths are ordered by component, digits by number', () => {
  const paths = ['b', 'a.10', 'a', 'a.9', 'a.b', 'A', 'é', 'a.b.a', '😀', '\uffff'].map((path) => path.split('.'));
  const sorted = paths.toSorted(comparePaths).map((path) => path.join('.'));
  assert.deepEqual(sorted, ['A', 'a', 'a.9', 'a.10', 'a.b', 'a.b.a', 'b', 'é', '\uffff', '😀']);
});

import type { Path, Test } from '@aerolithdb/query';

/** A test in the words of the language, for `explain`: `address.city $regex`. Values are left out. */
export function describeTest(path: Path, test: Test): string {
  return `${path.join('.')} ${operator(test)}`;
}

function operator(test: Test): string {
  switch (test.op) {
    case 'elemMatchValue':
    case 'elemMatchDocument':
      return '$elemMatch';
    default:
      return `$${test.op}`;
  }
}

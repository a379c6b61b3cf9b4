import { AerolithError, type Document, parseDocument } from '@aerolithdb/protocol';
import { type Filter, matches, parseFilter, parsePath, type Test } from '@aerolithdb/query';
import type { IndexRecord } from '../catalogue.ts';

/** The parts of a record that say which documents are in an index. */
type Conditioned = Pick<IndexRecord, 'name' | 'keys' | 'sparse' | 'partialFilterExpression'>;

const conditions = new WeakMap<Conditioned, Filter>();

/**
 * The filter that selects the documents of an index: its partial filter, and for a sparse one that a document has one of its paths.
 * Undefined when it holds all. Throws what `parseFilter` throws, for a definition that was not checked.
 */
export function conditionOf(record: Conditioned): Filter | undefined {
  if (record.sparse !== true && record.partialFilterExpression === undefined) return undefined;
  let condition = conditions.get(record);
  if (condition === undefined) {
    condition = newCondition(record);
    conditions.set(record, condition);
  }
  return condition;
}

/** Whether a document is in the index. */
export function isSelected(record: Conditioned, document: Document): boolean {
  const condition = conditionOf(record);
  return condition === undefined || matches(condition, document);
}

/** The top-level fields that a condition looks at. */
export function fieldsOfCondition(condition: Filter): readonly string[] {
  if (condition.kind === 'field') return [condition.path[0]!];
  return 'filters' in condition ? condition.filters.flatMap(fieldsOfCondition) : [];
}

function newCondition({ keys, sparse, partialFilterExpression }: Conditioned): Filter {
  const parts: Filter[] = [];
  if (partialFilterExpression !== undefined) parts.push(parseFilter(parseDocument(partialFilterExpression)));
  if (sparse === true) parts.push(someOf(keys.map(([path]) => path)));
  return parts.length === 1 ? parts[0]! : { kind: 'and', filters: parts };
}

function someOf(paths: readonly string[]): Filter {
  const tests = paths.map((path): Filter => ({ kind: 'field', path: parsePath(path), test: { op: 'exists', exists: true } }));
  return tests.length === 1 ? tests[0]! : { kind: 'or', filters: tests };
}

/** Refuses a partial filter that is not decided by the document alone. Throws `invalid_index`, and what `parseFilter` throws. */
export function assertCondition(record: Conditioned): void {
  const condition = conditionOf(record);
  if (condition === undefined || isOfPlainTests(condition)) return;
  const message =
    'A partialFilterExpression is made of comparisons, $in, $exists, $type, $and, $or, $nor and their like; it has no $expr and no search.';
  throw new AerolithError('invalid_index', message, { option: 'partialFilterExpression' });
}

const PLAIN_TESTS: ReadonlySet<Test['op']> = new Set<Test['op']>([
  'eq',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'exists',
  'type',
  'size',
  'mod',
  'regex',
  'all',
  'not',
  'elemMatchValue',
  'elemMatchDocument',
]);

function isOfPlainTests(filter: Filter): boolean {
  if (filter.kind === 'field') return PLAIN_TESTS.has(filter.test.op);
  return 'filters' in filter && filter.filters.every(isOfPlainTests);
}

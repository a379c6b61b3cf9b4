import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareValues, type Document, equalValues, isDocument, toStored, type Value } from '@aerolithdb/protocol';
import fc from 'fast-check';
import { applyUpdate } from './apply-update.ts';
import { documentFromFilter } from './document-from-filter.ts';
import { matchPositions } from './match-positions.ts';
import { matches } from './matches.ts';
import { parseFilter } from './parse-filter.ts';
import { parseProjection } from './parse-projection.ts';
import { parseUpdate } from './parse-update.ts';
import { parsePath } from './path.ts';
import { project } from './project.ts';
import { condition, document, filter, name, path, scalar, value } from './random-values.ts';
import { compareBySort, parseSort } from './sort.ts';
import { indexValues } from './values-at-path.ts';

const RUNS = { numRuns: 300 };

function selects(query: Iterable<readonly [string, Value]>, subject: Document): boolean {
  return matches(parseFilter(new Map(query)), subject);
}

function update(operator: string, fields: Iterable<readonly [string, Value]>, subject: Document): Document {
  return applyUpdate(parseUpdate(new Map([[operator, new Map(fields)]])), subject, { time: 0 });
}

test('$not, $nor, $ne and $nin are negations', () => {
  const check = (at: string, inner: Document, operand: Value, subject: Document): void => {
    const plain = selects([[at, inner]], subject);
    assert.equal(selects([[at, new Map([['$not', inner]])]], subject), !plain);
    assert.equal(selects([['$nor', [new Map([[at, inner]])]]], subject), !plain);
    const equal = selects([[at, new Map([['$eq', operand]])]], subject);
    assert.equal(selects([[at, new Map([['$ne', operand]])]], subject), !equal);
    if (isDocument(operand)) return;
    assert.equal(selects([[at, new Map([['$nin', [operand]]])]], subject), !equal);
  };
  fc.assert(fc.property(path, condition, value, document, check), RUNS);
});

test('$in is an $or of $eq, $all an $and of them', () => {
  const operands = fc.array(scalar, { minLength: 1, maxLength: 4 });
  const check = (at: string, values: Value[], subject: Document): void => {
    const each = values.map((operand) => new Map([[at, new Map([['$eq', operand]])]]));
    assert.equal(selects([[at, new Map([['$in', values]])]], subject), selects([['$or', each]], subject));
    assert.equal(selects([[at, new Map([['$all', values]])]], subject), selects([['$and', each]], subject));
  };
  fc.assert(fc.property(path, operands, document, check), RUNS);
});

test('$gte is $gt or $eq; $lte is $lt or $eq', () => {
  const check = (at: string, operand: Value, subject: Document): void => {
    const is = (operator: string): boolean => selects([[at, new Map([[operator, operand]])]], subject);
    assert.equal(is('$gte'), is('$gt') || is('$eq'));
    assert.equal(is('$lte'), is('$lt') || is('$eq'));
  };
  fc.assert(fc.property(path, value, document, check), RUNS);
});

test('a field that holds an array matches a comparison when an element or the whole does', () => {
  const check = (operand: Value, elements: Value[]): void => {
    for (const operator of ['$eq', '$gt', '$lte']) {
      const is = (subject: Value): boolean => selects([['a', new Map([[operator, operand]])]], new Map([['a', subject]]));
      const whole = selects([['a.0', new Map([[operator, operand]])]], new Map([['a', [elements]]]));
      const some = elements.some((element) => (Array.isArray(element) ? wholeMatches(operator, operand, element) : is(element)));
      assert.equal(is(elements), some || whole);
    }
  };
  fc.assert(fc.property(value, fc.array(value, { maxLength: 3 }), check), RUNS);
});

/** A number in the path takes an array whole. */
function wholeMatches(operator: string, operand: Value, array: Value[]): boolean {
  return selects([['a.0', new Map([[operator, operand]])]], new Map([['a', [array]]]));
}

test('an index on a path holds every value that equality on the path finds', () => {
  const check = (at: string, operand: Value, subject: Document): void => {
    if (Array.isArray(operand) || !selects([[at, new Map([['$eq', operand]])]], subject)) return;
    const { values, multikey } = indexValues(subject, parsePath(at));
    assert.ok(values.some((held) => equalValues(held, operand)));
    assert.ok(multikey || values.length === 1);
  };
  fc.assert(fc.property(path, value, document, check), { numRuns: 2000 });
});

test('the positions of a filter that matches are of arrays, inside of them', () => {
  const check = (query: Document, subject: Document): void => {
    const parsed = parseFilter(query);
    const positions = matchPositions(parsed, subject);
    if (!matches(parsed, subject)) assert.equal(positions.size, 0);
    for (const [array, index] of positions) {
      assert.ok(index >= 0);
      assert.ok(selects([[`${array}.${index}`, new Map([['$exists', true]])]], subject), `${array}.${index}`);
    }
  };
  fc.assert(fc.property(filter, document, check), { numRuns: 1000 });
});

test('setting every field to what it is gives the same object', () => {
  const check = (subject: Document): void => {
    assert.equal(update('$set', subject, subject), subject);
  };
  fc.assert(fc.property(document, check), RUNS);
});

test('$set: the second time changes nothing, the value stands at the path, and the input stays as it was', () => {
  const check = (at: string, operand: Value, subject: Document): void => {
    const before = toStored(subject);
    const once = attempt(() => update('$set', [[at, operand]], subject));
    assert.equal(toStored(subject), before);
    if (once === undefined) return;
    assert.equal(update('$set', [[at, operand]], once), once);
    assert.ok(selects([[at, new Map([['$eq', operand]])]], once));
    const gone = update('$unset', [[at, 1]], once);
    assert.ok(!selects([[at, new Map([['$eq', operand]])]], gone) || operand === null || at.includes('.'));
  };
  fc.assert(fc.property(path, value, document, check), RUNS);
});

/** A path may meet a scalar or an array; that refusal is another test's matter. */
function attempt(act: () => Document): Document | undefined {
  try {
    return act();
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'invalid_update');
    return undefined;
  }
}

test('unchanged fields are shared, not copied', () => {
  const check = (subject: Document): void => {
    const after = update('$set', [['new', 1]], subject);
    for (const [field, held] of subject) assert.equal(after.get(field), held);
  };
  fc.assert(fc.property(document, check), RUNS);
});

test('$push then $pop, $inc there and back: the value it was', () => {
  const check = (elements: Value[], pushed: Value, start: bigint, by: bigint): void => {
    const subject: Document = new Map<string, Value>([
      ['a', elements],
      ['n', start],
    ]);
    const there = update('$push', [['a', new Map([['$each', [pushed]]])]], subject);
    assert.equal(toStored(update('$pop', [['a', 1]], there)), toStored(subject));
    assert.equal(toStored(update('$inc', [['n', -by]], update('$inc', [['n', by]], subject))), toStored(subject));
  };
  const small = fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n });
  fc.assert(fc.property(fc.array(value, { maxLength: 3 }), value, small, small, check), RUNS);
});

test('$addToSet makes a member, $pullAll takes it out, $pull agrees with $pullAll', () => {
  const check = (elements: Value[], member: Value): void => {
    const subject: Document = new Map([['a', elements]]);
    const added = update('$addToSet', [['a', new Map([['$each', [member]]])]], subject).get('a') as Value[];
    assert.ok(added.some((element) => equalValues(element, member)));
    assert.ok(added.length <= elements.length + 1);
    const rest = update('$pullAll', [['a', [member]]], subject);
    assert.ok(!(rest.get('a') as Value[]).some((element) => equalValues(element, member)));
    if (!isDocument(member)) assert.equal(toStored(update('$pull', [['a', member]], subject)), toStored(rest));
  };
  fc.assert(fc.property(fc.array(value, { maxLength: 4 }), value, check), RUNS);
});

test('an upsert seed matches the equalities it came from', () => {
  const query = fc.uniqueArray(fc.tuple(name, scalar), { selector: ([field]) => field, maxLength: 3 });
  const check = (pairs: [string, Value][]): void => {
    const parsed = parseFilter(new Map(pairs.map(([field, operand]) => [`x.${field}`, operand])));
    assert.ok(matches(parsed, documentFromFilter(parsed)));
  };
  fc.assert(fc.property(query, check), RUNS);
});

test('a sort is a total order, and the reverse direction swaps two scalars', () => {
  const check = (at: string, a: Document, b: Document, c: Document): void => {
    const up = parseSort(new Map([[at, 1]]));
    assert.ok(compareBySort(up, a, b) === 0 || Math.sign(compareBySort(up, a, b)) === -Math.sign(compareBySort(up, b, a)));
    if (compareBySort(up, a, b) <= 0 && compareBySort(up, b, c) <= 0) assert.ok(compareBySort(up, a, c) <= 0);
  };
  fc.assert(fc.property(path, document, document, document, check), RUNS);
  const swap = (a: Value, b: Value): void => {
    const down = parseSort(new Map([['a', -1]]));
    assert.equal(
      Math.sign(compareBySort(down, new Map([['a', a]]), new Map([['a', b]]))) + 0,
      -Math.sign(compareValues(a, b)) + 0,
    );
  };
  fc.assert(fc.property(scalar, scalar, swap), RUNS);
});

test('what is included and what is excluded make the whole', () => {
  const check = (field: string, subject: Document): void => {
    const included = project(
      parseProjection(
        new Map<string, Value>([
          [field, 1],
          ['_id', 0],
        ]),
      ),
      subject,
    );
    const excluded = project(parseProjection(new Map<string, Value>([[field, 0]])), subject);
    const fields = [...subject].map(([key]) => [key, (included.has(key) ? included : excluded).get(key)] as [string, Value]);
    assert.equal(toStored(new Map(fields)), toStored(subject));
    assert.equal(included.size + excluded.size, subject.size);
  };
  fc.assert(fc.property(name, document, check), RUNS);
});

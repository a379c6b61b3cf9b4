import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '@aerolithdb/protocol';
import { decide, decideOperation, decideRead } from './decide.ts';
import { hasExpired, roleFor } from './principal.ts';
import { type Action, ROLE_TABLE, ROLES } from './role-table.ts';

/** Who may do what, on a collection it has the role on (`+` yes, `.` no) and, after the bar, with the role on `*`. */
const MATRIX = `
action             reader writer owner admin | reader writer owner admin
get                  +      +      +     +   |   +      +      +     +
find                 +      +      +     +   |   +      +      +     +
count                +      +      +     +   |   +      +      +     +
distinct             +      +      +     +   |   +      +      +     +
aggregate            +      +      +     +   |   +      +      +     +
history              +      +      +     +   |   +      +      +     +
changes              +      +      +     +   |   +      +      +     +
watch                +      +      +     +   |   +      +      +     +
describe             +      +      +     +   |   +      +      +     +
allChanges           .      .      .     .   |   +      +      +     +
block                .      .      .     .   |   +      +      +     +
insert               .      +      +     +   |   .      +      +     +
replace              .      +      +     +   |   .      +      +     +
update               .      +      +     +   |   .      +      +     +
delete               .      +      +     +   |   .      +      +     +
createIndex          .      .      +     +   |   .      .      +     +
dropIndex            .      .      +     +   |   .      .      +     +
alterIndex           .      .      +     +   |   .      .      +     +
buildIndex           .      .      .     .   |   .      .      .     +
expire               .      .      .     .   |   .      .      .     +
alterCollection      .      .      +     +   |   .      .      +     +
dropCollection       .      .      +     +   |   .      .      +     +
createCollection     .      .      .     +   |   .      .      .     +
listPrincipals       .      .      .     .   |   .      .      .     +
listSlowReads        .      .      .     .   |   .      .      .     +
setPrincipal         .      .      .     .   |   .      .      .     +
removePrincipal      .      .      .     .   |   .      .      .     +
backup               .      .      .     .   |   .      .      .     +
`;

test('the role table is the matrix, for every action', () => {
  const lines = MATRIX.trim().split('\n').slice(1);
  assert.deepEqual(lines.map((line) => line.split(' ')[0]).sort(), Object.keys(ROLE_TABLE).sort());
  for (const line of lines) {
    const [action, ...marks] = line.replace('|', '').split(/\s+/) as [Exclude<Action, 'transaction' | 'bulk'>, ...string[]];
    const found = ['cities', '*'].flatMap((on) =>
      ROLES.map((role) => (decide(grant(on, role), action, 'cities').allowed ? '+' : '.')),
    );
    assert.deepEqual(found, marks, action);
  }
});

test('a grant on one collection is none on another', () => {
  for (const role of ROLES) assert.equal(decide(grant('cities', role), 'get', 'towns').allowed, false);
  assert.equal(decide({ grants: {} }, 'get', 'cities').allowed, false);
  assert.equal(decide(grant('cities', 'admin'), 'get', 'toString').allowed, false);
});

test('the stronger of two grants holds', () => {
  assert.equal(roleFor({ grants: { '*': 'reader', cities: 'owner' } }, 'cities'), 'owner');
  assert.equal(roleFor({ grants: { '*': 'writer', cities: 'reader' } }, 'cities'), 'writer');
});

test('a transaction and a bulk need what each of their parts needs', () => {
  const insert = { type: 'insert', collection: 'cities', documents: [] } as const;
  const transaction = { type: 'transaction', operations: [insert, { ...insert, collection: 'towns' }] } as const;
  const cities = grant('cities', 'writer');
  const refused = decideOperation(cities, transaction);
  assert.deepEqual(refused, { allowed: false, action: 'insert', needed: 'writer', on: 'towns' });
  assert.deepEqual(decideOperation(cities, { ...transaction, type: 'bulk' }), refused);
  assert.equal(decideOperation({ grants: { cities: 'writer', towns: 'writer' } }, transaction).allowed, true);
  const withRead = { ...transaction, operations: [insert], reads: [{ collection: 'secrets', id: '1', version: 1 }] };
  assert.deepEqual(decideOperation(cities, withRead), { allowed: false, action: 'get', needed: 'reader', on: 'secrets' });
});

test('changes of all collections need the role on all', () => {
  const changes = { kind: 'changes', since: 0, limit: 1 } as const;
  assert.equal(decideRead(grant('cities', 'admin'), changes).allowed, false);
  assert.equal(decideRead(grant('*', 'reader'), changes).allowed, true);
  assert.equal(decideRead(grant('cities', 'reader'), { ...changes, collection: 'cities' }).allowed, true);
});

test('a principal expires at its time', () => {
  assert.deepEqual(
    [hasExpired({ expiresAt: 10 }, 9), hasExpired({ expiresAt: 10 }, 10), hasExpired({}, 10)],
    [false, true, false],
  );
});

function grant(on: string, role: Role) {
  return { grants: { [on]: role } };
}

test('a pipeline needs the role on every collection that it names', () => {
  const principal = { grants: { orders: 'reader', goods: 'reader' } as const };
  const decided = (pipeline: string) => decideRead(principal, { kind: 'aggregate', collection: 'orders', pipeline });
  const lookup = (from: string) => `{"$lookup":{"from":"${from}","localField":"a","foreignField":"b","as":"c"}}`;
  const hidden = [
    lookup('secret'),
    '{"$unionWith":"secret"}',
    '{"$unionWith":{"coll":"goods","pipeline":[{"$unionWith":"secret"}]}}',
    `{"$facet":{"a":[${lookup('goods')},${lookup('secret')}]}}`,
    `{"$lookup":{"from":"goods","as":"c","pipeline":[${lookup('secret')}]}}`,
    `{"$lookup":{"as":"c","pipeline":[{"$documents":[]},${lookup('secret')}]}}`,
    '{"$graphLookup":{"from":"secret","startWith":"$a","connectFromField":"a","connectToField":"b","as":"c"}}',
  ];
  for (const stage of hidden)
    assert.deepEqual(decided(`[{"$limit":1},${stage}]`), { allowed: false, action: 'aggregate', needed: 'reader', on: 'secret' });
  assert.deepEqual(decided(`[${lookup('goods')},{"$unionWith":"orders"}]`), { allowed: true });
});

/** Replay: npm run differential -- --queries 2000 --seed 1 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Value } from '@aerolithdb/protocol';
import { openBench } from './bench.ts';
import { caseText, parseCase } from './case-text.ts';
import { type Bench, judge, loadAll } from './judge.ts';
import type { Oracle } from './oracle.ts';
import type { Answer, Case } from './request.ts';
import { runQueries } from './run.ts';

const CASES = new URL('./cases/', import.meta.url);

test('random queries get the same answer of all implementations in this process', async () => {
  await using open = await openBench();
  const bench: Bench = { ...open, others: open.others.filter(({ name }) => name !== 'FerretDB') };
  const { faults, tallies } = await runQueries(bench, { queries: 2000, seed: 1, faultsMax: 1 });
  for (const { oracle, how, shrunk } of faults) assert.fail(`${oracle}: ${caseText(shrunk, how)}`);
  for (const [name, { compared }] of tallies) assert.ok(compared > 300, `${name}: only ${compared} answers were compared`);
});

test('what was found once stays right', async () => {
  await using bench = await openBench();
  for (const file of readdirSync(CASES).filter((name) => name.endsWith('.json'))) {
    const { c, o, request, why } = parseCase(readFileSync(new URL(file, CASES), 'utf8'));
    await loadAll(bench, 'every', c, o);
    assert.deepEqual(await judge(bench, 'every', request), [], `${file}: ${why}`);
  }
});

/** An implementation that forgets the last document it is asked for. */
function forgetting(oracle: Oracle): Oracle {
  const answer = async (request: Case['request']): Promise<Answer> => {
    const given = await oracle.answer(request);
    return 'documents' in given ? { ...given, documents: given.documents.slice(0, -1) } : given;
  };
  return { name: 'forgetting', profiles: oracle.profiles, load: (c, o) => oracle.load(c, o), answer };
}

test('a difference is found, made small, and read again from its file', async () => {
  await using open = await openBench('without indexes');
  const bench: Bench = { reference: open.reference, own: [forgetting(open.own[0]!)], others: [] };
  const { faults } = await runQueries(bench, { queries: 50, seed: 3, faultsMax: 1 });
  const { shrunk, how } = faults[0]!;
  assert.ok(shrunk.c.length <= 1, `${shrunk.c.length} documents are left`);
  const again = parseCase(caseText(shrunk, how));
  assert.deepEqual(
    { c: again.c, o: again.o, request: withoutAbsent(again.request) },
    { ...shrunk, request: withoutAbsent(shrunk.request) },
  );
});

function withoutAbsent(request: Case['request']): Record<string, Value> {
  return Object.fromEntries(Object.entries(request).filter(([, part]) => part !== undefined));
}

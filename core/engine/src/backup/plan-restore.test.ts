import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NamedBackup, planRestore, type Until } from './plan-restore.ts';

const hash = (height: number, chain: string) => (height === 0 ? '0' : chain).repeat(64);

/** `from` undefined: a full backup. Block h has the time 1000 h; a backup is made 100 ms after its last block. */
function backup(from: number | undefined, to: number, chain = 'a'): NamedBackup {
  const since = from === undefined ? {} : { since: { height: from, hash: hash(from, chain) } };
  const head = { height: to, hash: hash(to, chain), time: to * 1000 };
  const about = { storage: 1, program: '0.1.0', takenAt: to * 1000 + 100, ...since, head, collections: 1, documents: 1 };
  return { name: `${from ?? 'full'}-${to}`, about };
}

const CHAIN = [backup(undefined, 10), backup(10, 20), backup(20, 30)];

test('what is done with each backup follows from where the restore ends', () => {
  const cases: readonly [until: Until, steps: string][] = [
    [undefined, 'load replay replay'],
    [{ height: 30 }, 'load replay replay'],
    [{ height: 25 }, 'load replay replay'],
    [{ height: 20 }, 'load replay skip'],
    [{ height: 10 }, 'load skip skip'],
    [{ height: 9 }, 'replay skip skip'],
    [{ time: 30_050 }, 'load replay replay'],
    [{ time: 10_000 }, 'load replay replay'],
    [{ time: 9_999 }, 'replay replay replay'],
  ];
  for (const [until, steps] of cases) assert.equal(planRestore(CHAIN, until).join(' '), steps, JSON.stringify(until));
  assert.deepEqual(planRestore([backup(0, 10)], undefined), ['replay']);
});

test('backups that do not join are refused, with the reason', () => {
  const cases: readonly [backups: readonly NamedBackup[], reason: RegExp][] = [
    [[], /at least one/],
    [[backup(10, 20)], /only the blocks after height 10/],
    [[CHAIN[0]!, CHAIN[2]!], /continues from height 20, but full-10 ends at 10\. The blocks between are missing/],
    [[CHAIN[0]!, CHAIN[2]!, CHAIN[1]!], /The blocks between are missing/],
    [[CHAIN[0]!, CHAIN[1]!, CHAIN[1]!], /overlap/],
    [[CHAIN[0]!, CHAIN[0]!], /can only be the first/],
    [[CHAIN[0]!, backup(10, 20, 'b')], /of different databases/],
  ];
  for (const [backups, message] of cases)
    assert.throws(() => planRestore(backups, undefined), { code: 'backup_mismatch', message });
});

test('a state that the backups do not hold is refused', () => {
  for (const until of [{ height: 0 }, { height: 31 }, { height: 1.5 }, { time: 30_101 }])
    assert.throws(() => planRestore(CHAIN, until), { code: 'invalid_position' }, JSON.stringify(until));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliError } from '../program/cli-error.ts';
import type { Direction, Run } from './bookkeeping.ts';
import type { MigrationFile } from './migration-files.ts';
import { ledgerState, planRuns } from './plan-runs.ts';

/** `1a 2b`: versions, each with what stands for its hash. */
function filesOf(text: string): MigrationFile[] {
  return words(text).map((word) => {
    const [version = '', hash = ''] = [word.slice(0, 1), word.slice(1)];
    return { version, hash, file: `${version}-x.json`, path: '', text: '' };
  });
}

/** `1a+ 2b+ 2b- 3c?`: runs; `+` up, `-` down, and `>` up, `<` down in part, `?` up begun with nothing done. */
function runsOf(text: string): Run[] {
  return words(text).map((word, index) => {
    const [version = '', hash = '', sign = ''] = word;
    const direction: Direction = sign === '-' || sign === '<' ? 'down' : 'up';
    const isDone = sign === '+' || sign === '-';
    const calls = sign === '?' ? [] : ['{}'];
    const facts = { file: `${version}-x.json`, owner: '', token: '', startedAt: new Date(0), ms: 0, documents: 0, current: null };
    return { _id: index + 1, kind: 'run', version, hash, direction, state: isDone ? 'done' : 'failed', calls, ...facts };
  });
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

const TABLE: readonly (readonly [files: string, runs: string, goal: string, planned: string])[] = [
  ['1a 2b 3c', '', 'up', '1+ 2+ 3+'],
  ['1a 2b 3c', '', 'up 2', '1+ 2+'],
  ['1a 2b 3c', '1a+', 'up', '2+ 3+'],
  ['1a 2b 3c', '1a+ 2b+ 3c+', 'up', ''],
  ['1a 2b 3c', '1a+ 2b+ 3c+', 'up 1', ''],
  ['1a 2b 3c', '1a+ 2b+ 3c+', 'down', '3-'],
  ['1a 2b 3c', '1a+ 2b+ 3c+', 'down 1', '3- 2-'],
  ['1a 2b 3c', '1a+ 2b+ 3c+', 'down 0', '3- 2- 1-'],
  ['1a 2b 3c', '1a+ 2b+ 3c+ 3c-', 'down', '2-'],
  ['1a 2b 3c', '1a+ 2b+ 2b- 2b+', 'up', '3+'],
  ['1a 2b 3c', '', 'down', ''],
  ['1a 2b 3c', '1a+', 'up 9', 'usage'],
  ['1a 2b 3c', '1a+ 2b>', 'up', '2+! 3+'],
  ['1a 2b 3c', '1a+ 2b>', 'down', 'migration_unfinished'],
  ['1a 2b 3c', '1a+ 2b+ 2b<', 'down', '2-!'],
  ['1a 2b 3c', '1a+ 2b+ 2b<', 'up', 'migration_unfinished'],
  ['1a 2z 3c', '1a+ 2b+', 'up', 'migration_changed'],
  ['1a 2z 3c', '1a+ 2b+ 2b-', 'up', '2+ 3+'],
  ['1a 2z 3c', '1a+ 2b+', 'up accept', 'migration_changed'],
  ['1a 2z 3c', '1a+ 2b>', 'up', 'migration_changed'],
  ['1a 2z 3c', '1a+ 2b>', 'up accept', '2+! 3+'],
  ['1z 2b 3c', '1a+ 2b>', 'up accept', 'migration_changed'],
  ['1a 2z 3c', '1a+ 2b?', 'up', '2+! 3+'],
  ['1a 3c', '1a+ 2b+', 'up', 'migration_missing'],
  ['1a 2b 3c', '1a+ 3c+', 'up', 'migration_late'],
];

for (const [files, runs, goal, expected] of TABLE) {
  test(`files ${files}, ledger ${runs || 'empty'}, ${goal}: ${expected || 'nothing'}`, () => {
    const [direction, ...more] = goal.split(' ');
    const to = more.find((word) => word !== 'accept');
    const asked = { direction: direction === 'down' ? 'down' : 'up', to, acceptChanged: more.includes('accept') } as const;
    let planned: string;
    try {
      const plan = planRuns(filesOf(files), ledgerState(runsOf(runs)), asked);
      planned = plan
        .map((run) => `${run.file.version}${run.direction === 'up' ? '+' : '-'}${run.unfinished === undefined ? '' : '!'}`)
        .join(' ');
    } catch (error) {
      assert.ok(error instanceof CliError);
      planned = error.code;
    }
    assert.equal(planned, expected);
  });
}

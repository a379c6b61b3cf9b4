import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Checkpointer } from './checkpointer.ts';
import { openReader } from './reader.ts';
import { openWriter } from './writer.ts';

test('the log moves into the file beside the writer, which then begins it anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-checkpointer-'));
  const writer = openWriter(folder);
  const checkpointer = new Checkpointer(folder);
  try {
    const write = (key: string) => {
      writer.begin();
      writer.prepare('INSERT INTO meta(key, value) VALUES(?, ?)').run(key, 'x'.repeat(20_000));
      writer.commit();
    };
    write('a');
    const before = writer.committed().frames;
    assert.ok(before > 0);
    const { pages, moved } = checkpointer.checkpoint();
    assert.deepEqual([pages, moved], [before, before]);
    write('b');
    assert.ok(writer.committed().frames < before, 'the log began anew');
    writer.begin();
    writer.prepare('INSERT INTO meta(key, value) VALUES(?, ?)').run('c', 'not committed');
    checkpointer.checkpoint();
    writer.rollback();
    const reader = openReader(folder);
    const keys = reader.prepare<string>("SELECT key FROM meta WHERE key IN ('a', 'b', 'c') ORDER BY key", 'pluck').all();
    reader.close();
    assert.deepEqual(keys, ['a', 'b']);
  } finally {
    checkpointer.close();
    writer.close();
    rmSync(folder, { recursive: true });
  }
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EngineDriver } from '../testing/engine-driver.ts';
import { outcomeLine, parseCommand, parseScenario } from './scenario-text.ts';

/** `AEROLITH_REWRITE=1 node --test …` writes what comes out into the files, for a reviewer to read. */
const REWRITE = process.env.AEROLITH_REWRITE === '1';
const FOLDER = join(import.meta.dirname, 'testdata');

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
assert.ok(files.length >= 5);

for (const file of files) {
  test(`scenario ${file}`, () => {
    const path = join(FOLDER, file);
    const text = readFileSync(path, 'utf8');
    const transcript = play(text);
    if (REWRITE) writeFileSync(path, transcript);
    else assert.equal(transcript, text);
  });
}

function play(text: string): string {
  const driver = new EngineDriver();
  let commands = 0;
  try {
    const parts = parseScenario(text).map(({ comments, lines }) => {
      if (lines.length === 0) return comments.join('\n');
      if (lines[0] === 'restart') {
        driver.reopen();
        return [...comments, 'restart'].join('\n');
      }
      const outcomes = driver.block(lines.map((line) => parseCommand(line, `auto${++commands}`)));
      return [...comments, ...lines, '----', ...outcomes.map(outcomeLine)].join('\n');
    });
    return `${parts.join('\n\n')}\n`;
  } finally {
    driver.close();
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Terminal } from '../terminal/terminal.ts';
import { type StartBlock, startBlockText } from './start-block.ts';

const terminal: Terminal = {
  outIsTty: false,
  errIsTty: false,
  columns: 80,
  out: async () => undefined,
  err: () => undefined,
  style: (_style, text) => text,
};

const block: StartBlock = {
  version: '0.1.0',
  mode: 'single',
  durability: 'fsync',
  data: '/srv/my data',
  isDefaultData: false,
  readers: 1,
  adminKeyFile: '/srv/my data/admin.key',
};

test('the start that made the token prints it; every other says how it is seen', () => {
  const first = startBlockText({ terminal, env: {} }, { ...block, token: 'T0KEN' });
  assert.match(first, /Token +T0KEN {2}\(shown this once; the admin key file holds it\)\n/);
  const later = startBlockText({ terminal, env: {} }, block);
  assert.match(
    later,
    /Admin key +\/srv\/my data\/admin\.key\n {2}Token +in the admin key file: cat '\/srv\/my data\/admin\.key'\n/,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOG_LEVELS, type LogFormat, NodeLog } from './node-log.ts';
import { startNode } from './start-node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const TIME = Date.UTC(2026, 0, 31);

function logTo(lines: string[], format: LogFormat, isTerminal = false): NodeLog {
  return new NodeLog({ level: 'warn', format, isTerminal, write: (line) => lines.push(line), now: () => TIME });
}

test('what is below the level is left out, and the level may change', () => {
  const lines: string[] = [];
  const log = logTo(lines, 'text');
  for (const level of LOG_LEVELS) log.say(level, 'first');
  log.level = 'debug';
  log.say('debug', 'second');
  assert.deepEqual(
    lines.map((line) => line.split(' ').slice(1).join(' ')),
    ['error first\n', 'warn  first\n', 'debug second\n'],
  );
});

test('no text from outside begins a line', () => {
  const fields = { path: '/v1/x\n2026 info forged', ms: 5, none: undefined };
  const [text, json, piped]: string[][] = [[], [], []];
  logTo(text!, 'auto', true).say('warn', 'slow_read', fields);
  logTo(json!, 'json', true).say('warn', 'slow_read', fields);
  logTo(piped!, 'auto').say('warn', 'slow_read', fields);
  assert.deepEqual(text, ['2026-01-31T00:00:00.000Z warn  slow_read path="/v1/x\\n2026 info forged" ms=5\n']);
  const [line = ''] = json!;
  assert.equal(line.indexOf('\n'), line.length - 1);
  assert.deepEqual(JSON.parse(line), {
    time: '2026-01-31T00:00:00.000Z',
    level: 'warn',
    event: 'slow_read',
    path: fields.path,
    ms: 5,
  });
  assert.deepEqual(piped, json);
});

test('a node says when it starts and stops, which login it refused and which read was slow', async () => {
  using folder = temporaryFolder();
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const options = {
    data: folder.path,
    http: { host: '127.0.0.1', port: 0 },
    logLevel: 'info',
    logFormat: 'json',
    slowReadMs: 1,
  } as const;
  const node = await startNode(options, { writeLog: write });
  const url = `${node.addresses.http}/v1/collections?secret=1`;
  await fetch(url, { headers: { authorization: 'Bearer guess-of-a-token' } });
  await fetch(url, { headers: { authorization: 'Bearer guess-of-a-token' } });
  node.reload({ ...node.options, logLevel: 'error' });
  await fetch(url);
  node.reload({ ...node.options, logLevel: 'info' });
  await node.close();
  const events = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    events.map(({ level, event }) => `${level} ${event}`),
    ['info started', 'warn refused_login', 'warn refused_login', 'info reloaded', 'info stopped'],
  );
  assert.deepEqual([events[1].method, events[1].path, events[1].address], ['GET', '/v1/collections', '127.0.0.1']);
  assert.doesNotMatch(lines.join(''), /guess|secret/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvents } from './event-stream.ts';

async function eventsOf(text: string, size: number): Promise<unknown[]> {
  async function* pieces(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const events: unknown[] = [];
  for await (const event of readEvents(pieces())) events.push(event);
  return events;
}

test('events are read from pieces of any size, comments and cut-off events left out', async () => {
  const text =
    'retry: 2000\n\nid: 7\nevent: change\ndata: {"a":"é"}\n\n: alive\n\r\nid: 8\r\ndata: x\r\ndata: y\r\n\r\nid: 9\ndata: cut';
  for (const size of [1, 2, 5, 1000]) {
    assert.deepEqual(await eventsOf(text, size), [
      { id: '7', event: 'change', data: '{"a":"é"}' },
      { id: '8', event: 'message', data: 'x\ny' },
    ]);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeText } from './transport.ts';
import { watchOverHttp } from './watch-over-http.ts';

const change = (position: number): string => `id: ${position}\nevent: change\ndata: {"position":${position}}\n\n`;

type Part = string | 'silence';

/** A response that gives its parts one at a time, when they are asked for, and then breaks, ends or says nothing more. */
function stream(parts: readonly Part[], end: 'break' | 'end' = 'break'): Response {
  let next = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> | void => {
    const part = parts[next++];
    if (part === 'silence') return new Promise(() => undefined);
    if (part !== undefined) return controller.enqueue(new TextEncoder().encode(part));
    return end === 'end' ? controller.close() : controller.error(new TypeError('terminated'));
  };
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
}

async function watch(answers: readonly (Response | Error)[], count: number) {
  const asked: number[] = [];
  const open = async (after: number): Promise<Response> => {
    asked.push(after);
    const answer = answers[asked.length - 1]!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const got: number[] = [];
  const changes: AsyncIterable<ChangeText> = watchOverHttp(open, { since: 7, silentMs: 60 }, new AbortController().signal);
  for await (const { position } of changes) {
    got.push(position);
    if (got.length === count) break;
  }
  return { asked, got };
}

test('a stream that breaks, ends or falls silent goes on after its last whole change', async () => {
  const { asked, got } = await watch(
    [
      stream(['retry: 1\n\n', change(8), `${change(9)}id: 10\nevent: change\ndata: {"posit`]),
      stream([': alive\n\n', change(10)], 'end'),
      stream([change(11), 'silence']),
      stream([`${change(12)}${change(13)}`]),
    ],
    6,
  );
  assert.deepEqual(asked, [7, 9, 10, 11]);
  assert.deepEqual(got, [8, 9, 10, 11, 12, 13]);
});

test('a refusal that passes is tried again, one that stays is thrown', async () => {
  const refusal = (code: string) => new Response(JSON.stringify({ code, detail: code }), { status: 503 });
  const told = (code: string) => stream([`event: error\ndata: {"code":"${code}","detail":"${code}"}\n\n`], 'end');
  const { asked } = await watch([refusal('overloaded'), told('log_closed'), stream([change(8)])], 1);
  assert.deepEqual(asked, [7, 7, 7]);
  await assert.rejects(watch([refusal('forbidden')], 1), { code: 'forbidden' });
  await assert.rejects(watch([stream([change(8)], 'end'), told('unauthenticated')], 5), { code: 'unauthenticated' });
});

test('no chunk is asked for before the change before it is handled', async () => {
  let pulls = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    pulls += 1;
    controller.enqueue(new TextEncoder().encode(change(pulls)));
  };
  const body = new ReadableStream({ pull }, { highWaterMark: 0 });
  const changes = watchOverHttp(async () => new Response(body), { since: 0, silentMs: 1000 }, new AbortController().signal);
  let handled = 0;
  for await (const _change of changes) {
    handled += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(pulls, handled);
    if (handled === 5) break;
  }
});

import type { Finding } from '@aerolithdb/node/doctor';
import { CliError } from '../program/cli-error.ts';
import { programVersion } from '../program/version.ts';
import { numberIn, parseAnswer, textIn } from '../remote/answers.ts';
import type { RestClient } from '../remote/rest-client.ts';

const ROUNDS = 9;
const SLOW_MS = 250;

/** Looks at a server as its clients see it: whether it answers and how fast, versions, clocks, its files. `now`: milliseconds since 1970. */
export async function* examineServer(client: RestClient, now: () => number): AsyncGenerator<Finding, void, void> {
  const answer = await answerOf(client);
  yield answer;
  if (answer.severity === 'error') return;
  yield await readiness(client);
  const status = await statusOf(client);
  if ('finding' in status) {
    yield status.finding;
    return;
  }
  const { checkClock, judgeLogSize } = await import('@aerolithdb/node/doctor');
  const storage = { ...(typeof status.answer.storage === 'object' ? status.answer.storage : {}) };
  yield versions(textIn(status.answer, 'version'));
  yield checkClock(now(), numberIn(status.answer, 'time'));
  yield judgeLogSize({ walBytes: numberIn(storage, 'walBytes'), fileBytes: numberIn(storage, 'fileBytes') });
  yield* await slowQueries(client);
}

/** Only an admin may see them. */
async function slowQueries(client: RestClient): Promise<Finding[]> {
  const { judgeSlowQueries, slowQueriesOf, slowQueriesUnknown } = await import('@aerolithdb/node/doctor');
  try {
    return judgeSlowQueries(slowQueriesOf(parseAnswer((await client.send({ path: '/v1/slow-reads' })).text)));
  } catch (thrown) {
    if (thrown instanceof CliError && thrown.code === 'forbidden')
      return [slowQueriesUnknown('that needs the token of an admin')];
    return [failed('slow queries', thrown, 'Look at what the server last printed.')];
  }
}

async function answerOf(client: RestClient): Promise<Finding> {
  const check = 'answer';
  const times: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await client.send({ path: '/health' });
      times.push(performance.now() - begun);
    }
  } catch (thrown) {
    return failed(check, thrown, 'Start it, look at what it last printed, and check the address and the network.');
  }
  const medianMs = times.sort((a, b) => a - b)[ROUNDS >> 1]!;
  const found = `${client.url} answers in ${medianMs.toFixed(1)} ms (median of ${ROUNDS})`;
  const figures = { medianMs, rounds: ROUNDS };
  if (medianMs <= SLOW_MS) return { check, severity: 'ok', found, figures };
  return { check, severity: 'warning', found, todo: 'See what keeps the machine or the network busy.', figures };
}

async function readiness(client: RestClient): Promise<Finding> {
  try {
    await client.send({ path: '/ready' });
    return { check: 'ready', severity: 'ok', found: 'it takes reads and writes' };
  } catch (thrown) {
    return failed('ready', thrown, 'Wait until it has started, or start it again.');
  }
}

type StatusAnswer = { readonly answer: Readonly<Record<string, unknown>> } | { readonly finding: Finding };

async function statusOf(client: RestClient): Promise<StatusAnswer> {
  try {
    return { answer: parseAnswer((await client.send({ path: '/v1/status' })).text) };
  } catch (thrown) {
    return { finding: failed('token', thrown, 'Name the file of a token with --token-file.') };
  }
}

function versions(server: string): Finding {
  const own = programVersion();
  const figures = { server, program: own };
  if (server === own)
    return { check: 'versions', severity: 'ok', found: `the server and this program have version ${own}`, figures };
  const found = `the server has version ${server}, this program ${own}`;
  return { check: 'versions', severity: 'warning', found, todo: 'Use the same version on both sides.', figures };
}

/** An interruption is none of the server's. */
function failed(check: string, thrown: unknown, todo: string): Finding {
  if (!(thrown instanceof CliError) || thrown.code === 'interrupted') throw thrown;
  return { check, severity: 'error', found: thrown.message, todo, figures: { code: thrown.code } };
}

import type { CommandSpec } from '../program/command-spec.ts';
import { numberIn, parseAnswer, textIn } from '../remote/answers.ts';
import { byteSize, duration, grouped } from '../terminal/figures.ts';
import { printFields } from './print.ts';

export const status: CommandSpec = {
  name: 'status',
  summary: 'show the state of the server',
  examples: [
    { command: 'aerolith status', does: 'mode, height, version, storage figures' },
    { command: 'aerolith status --json | jq .height', does: 'one figure' },
  ],
  async run(context) {
    const client = context.client();
    const { text } = await client.send({ path: '/v1/status' });
    const answer = parseAnswer(text);
    const storage = typeof answer.storage === 'object' && answer.storage !== null ? { ...answer.storage } : {};
    await printFields(context, text, [
      ['server', client.url],
      ['version', textIn(answer, 'version')],
      ['mode', textIn(answer, 'mode')],
      ['durability', textIn(answer, 'durability')],
      ['up for', duration(numberIn(answer, 'uptimeMs'))],
      ['height', grouped(numberIn(answer, 'height'))],
      ['last block', `${textIn(answer, 'hash').slice(0, 16)}… ${timeText(numberIn(answer, 'time'))}`],
      ['collections', grouped(numberIn(storage, 'collections'))],
      ['documents', grouped(numberIn(storage, 'documents'))],
      [
        'data file',
        `${byteSize(numberIn(storage, 'fileBytes'))} and ${byteSize(numberIn(storage, 'walBytes'))} of write-ahead log`,
      ],
    ]);
  },
};

function timeText(ms: number): string {
  return ms === 0 ? '' : new Date(ms).toISOString();
}

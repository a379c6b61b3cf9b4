import { setTimeout as pause } from 'node:timers/promises';
import { CliError, EXIT } from '../program/cli-error.ts';
import type { Context } from '../program/context.ts';
import { parseAnswer } from '../remote/answers.ts';
import { indexesOf } from '../remote/collection-answer.ts';
import { collectionPath } from '../remote/paths.ts';
import { Progress } from '../terminal/progress.ts';

const PAUSE_MS = 100;

/** Shows how far an index is until it is ready. Ctrl-C ends the waiting, not the build. Throws what the build failed with. */
export async function waitForBuild(context: Context, collection: string, name: string): Promise<void> {
  const progress = new Progress(context.terminal, `index ${name}`, context.jsonAsked);
  try {
    for (;;) {
      const { text } = await context.client().send({ path: `${collectionPath(collection)}/indexes` });
      const build = indexesOf(parseAnswer(text)).find((index) => index.name === name)?.build;
      if (build === undefined) return;
      if (build.state === 'failed') throw buildFailed(name, build.error);
      const { done, total } = build;
      progress.show({ count: done, part: total === 0 ? 0 : done / total, total });
      await pause(PAUSE_MS, undefined, { signal: context.signal });
    }
  } finally {
    progress.end();
  }
}

function buildFailed(index: string, { code, message }: { readonly code: string; readonly message: string }): CliError {
  const sentence = `The index "${index}" could not be built: ${message} It stays listed until it is dropped, or made again.`;
  return new CliError(code, sentence, EXIT.refused, { index });
}

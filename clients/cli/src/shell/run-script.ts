import type { Context } from '../program/context.ts';
import { failure, interrupted } from './failure.ts';
import { jsonText } from './output/json-text.ts';
import { isCursor } from './output/kinds.ts';
import type { Session } from './session.ts';

export type Script = { readonly text: string; readonly filename: string };

/** Runs code to its end and prints the value of its last statement. Throws a `CliError` with the exit code. */
export async function runScript(session: Session, { text, filename }: Script): Promise<void> {
  const { context, transport } = session;
  const controller = new AbortController();
  const onAbort = () => controller.abort(interrupted(transport.isWriting));
  if (context.signal.aborted) onAbort();
  context.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await printResult(session, await session.evaluate(text, controller.signal, { filename }));
  } catch (thrown) {
    throw failure(controller.signal.aborted ? controller.signal.reason : thrown, text);
  } finally {
    context.signal.removeEventListener('abort', onAbort);
  }
}

async function printResult({ context, printer }: Session, value: unknown): Promise<void> {
  if (value === undefined) return;
  if (!context.json) {
    printer.moreBy = 'limit(N) or --json';
    await context.terminal.out(`${await printer.show(value)}\n`);
    return;
  }
  if (!isCursor(value)) return await context.terminal.out(`${lineOf(value)}\n`);
  for await (const document of value) await context.terminal.out(`${lineOf(document)}\n`);
}

/** `print` of a script: texts as they are, all else as JSON. */
export async function printLine(context: Context, value: unknown): Promise<void> {
  await context.terminal.out(`${typeof value === 'string' ? value : lineOf(value)}\n`);
}

function lineOf(value: unknown): string {
  return jsonText(value) ?? JSON.stringify(String(value));
}

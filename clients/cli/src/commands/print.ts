import type { Context } from '../program/context.ts';
import { fieldList } from '../terminal/table.ts';

/** One line of JSON, as the text is. */
export async function printLine(context: Context, text: string): Promise<void> {
  await context.terminal.out(`${text}\n`);
}

/** `sentence` for a person, `json` for a program. */
export async function printResult(context: Context, json: string, sentence: string): Promise<void> {
  await printLine(context, context.json ? json : sentence);
}

/** Names and values one below the other for a person, `json` for a program. */
export async function printFields(
  context: Context,
  json: string,
  fields: readonly (readonly [name: string, value: string])[],
): Promise<void> {
  await context.terminal.out(context.json ? `${json}\n` : fieldList(context.terminal, fields));
}

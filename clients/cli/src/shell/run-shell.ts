import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Status } from '@aerolithdb/client';
import type { Context } from '../program/context.ts';
import { programVersion } from '../program/version.ts';
import { counted, grouped } from '../terminal/figures.ts';
import { connect, type Where } from './connect.ts';
import { prompt } from './interactive/prompt.ts';
import { printLine, runScript, type Script } from './run-script.ts';
import { Session } from './session.ts';

export type ShellTask = {
  readonly where: Where;
  readonly code: string | undefined;
  /** `-` is standard input. */
  readonly file: string | undefined;
};

/** Connects, runs code or reads it line by line, and closes. Throws a `CliError`. */
export async function runShell(context: Context, { where, code, file }: ShellTask): Promise<void> {
  const isPrompt = code === undefined && file === undefined && context.stdin.isTTY === true && context.terminal.outIsTty;
  const script = isPrompt ? undefined : await scriptOf(context, code, file);
  const { connection, status } = await connect(where);
  try {
    const session: Session = new Session(context, connection, (value) =>
      script === undefined || context.terminal.outIsTty
        ? context.terminal.out(`${session.printer.one(value)}\n`)
        : printLine(context, value),
    );
    if (context.jsonAsked) session.printer.mode = 'json';
    if (script !== undefined) return await runScript(session, script);
    await greet(context, connection.place, status);
    await prompt(session);
  } finally {
    await connection.database.close();
  }
}

async function scriptOf({ stdin }: Context, code: string | undefined, file: string | undefined): Promise<Script> {
  if (code !== undefined) return { text: code, filename: 'eval.js' };
  if (file === undefined || file === '-') return { text: await text(stdin), filename: 'stdin.js' };
  return { text: await readFile(file, 'utf8'), filename: file };
}

async function greet({ terminal }: Context, place: string, { height, storage }: Status): Promise<void> {
  const figures = `${counted(storage.collections, 'collection')}, ${counted(storage.documents, 'document')}, height ${grouped(height)}`;
  await terminal.out(`${terminal.style('bold', `AerolithDB ${programVersion()}`)} at ${place}: ${figures}.\n`);
  await terminal.out(`${terminal.style('dim', 'Tab completes, .help shows what there is, Ctrl-D leaves.')}\n`);
}

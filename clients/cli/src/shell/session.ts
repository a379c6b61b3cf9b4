import type { AerolithDatabase } from '@aerolithdb/client';
import type { Context } from '../program/context.ts';
import { type EvaluateOptions, Evaluator } from './code/evaluator.ts';
import { DataNames } from './complete/data-names.ts';
import { shellDatabase } from './database-proxy.ts';
import { Pager } from './output/pager.ts';
import { Printer } from './output/printer.ts';
import { valueConstructors } from './scope.ts';
import type { ShellTransport } from './shell-transport.ts';

/** A database the shell is connected to. `place` is how it is called: an address or a folder. */
export type Connection = { readonly database: AerolithDatabase; readonly transport: ShellTransport; readonly place: string };

/** What all parts of the shell work with. */
export class Session {
  readonly context: Context;
  readonly connection: Connection;
  readonly evaluator: Evaluator;
  readonly printer: Printer;
  readonly pager: Pager;
  readonly names: DataNames;

  constructor(context: Context, connection: Connection, print: (value: unknown) => Promise<void>) {
    const { database, transport } = connection;
    this.context = context;
    this.connection = connection;
    this.printer = new Printer(context.terminal, transport);
    this.pager = new Pager(context.env, () => process.stdout.rows);
    this.names = new DataNames(transport.inner);
    const show = async (...values: unknown[]) => {
      for (const value of values) await print(value);
    };
    this.evaluator = new Evaluator({ ...valueConstructors(), db: shellDatabase(database), print: show });
  }

  get transport(): ShellTransport {
    return this.connection.transport;
  }

  /** Runs code; calls of the database end with the signal. Throws what `Evaluator.run` throws. */
  async evaluate(text: string, signal: AbortSignal, more: Omit<EvaluateOptions, 'signal'> = {}): Promise<unknown> {
    this.transport.stopBy(signal);
    return await this.evaluator.run(text, { ...more, signal });
  }
}

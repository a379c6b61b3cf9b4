import type { Database, Session } from '@aerolithdb/database';
import type { NodeOptions } from './options.ts';
import type { Reloaded } from './reload-options.ts';

/** What can be changed while a database runs. */
export type RunningLimits = Pick<
  NodeOptions,
  'readers' | 'readTimeoutMs' | 'slowReadMs' | 'waitingReads' | 'waitingCommands' | 'waitingMegabytes'
>;

/** A database that runs. */
export interface RunningDatabase extends AsyncDisposable {
  readonly database: Database;
  /** May do everything; for code in this process. */
  readonly session: Session;
  /** Absolute path. */
  readonly folder: string;
  /** Takes other limits; what is in progress goes on. */
  setLimits(limits: RunningLimits): void;
  /** Finishes what was begun, answers it, and lets go of the folder. Safe to call twice. */
  close(): Promise<void>;
}

/** A database that also listens. */
export interface Node extends RunningDatabase {
  /** Where each protocol listens, as a URL; absent when it is off. */
  readonly addresses: { readonly http?: string };
  /** `token` is there only on the start that made it. */
  readonly adminKey: { readonly file: string; readonly token?: string };
  /** What it runs with now. */
  readonly options: NodeOptions;
  /**
   * Takes over what a running node can (see `reloadable`), and reads the files of the certificate again. What needs a new start
   * is named and stays as it is. Throws `invalid_configuration`; then nothing was changed.
   */
  reload(next: NodeOptions): Reloaded;
}

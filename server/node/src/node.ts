import type { Database, Session } from '@aerolithdb/database';

/** A database that runs. */
export interface RunningDatabase extends AsyncDisposable {
  readonly database: Database;
  /** May do everything; for code in this process. */
  readonly session: Session;
  /** Absolute path. */
  readonly folder: string;
  /** Finishes what was begun, answers it, and lets go of the folder. Safe to call twice. */
  close(): Promise<void>;
}

/** A database that also listens. */
export interface Node extends RunningDatabase {
  /** Where each protocol listens, as a URL; absent when it is off. */
  readonly addresses: { readonly http?: string };
  /** `token` is there only on the start that made it. */
  readonly adminKey: { readonly file: string; readonly token?: string };
}

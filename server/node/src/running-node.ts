import type { RestServer } from '@aerolithdb/api';
import type { Database, Session } from '@aerolithdb/database';
import type { AdminKey } from './admin-key.ts';
import { readTls } from './listening-rules.ts';
import type { Node, RunningDatabase, RunningLimits } from './node.ts';
import type { NodeOptions, OptionName } from './options.ts';
import { compareOptions, type Reloaded } from './reload-options.ts';

const TLS: readonly OptionName[] = ['tlsCert', 'tlsKey'];

/** A node as `startNode` gives it: the database, its HTTP, and what it runs with. */
export class RunningNode implements Node {
  readonly database: Database;
  readonly session: Session;
  readonly folder: string;
  readonly addresses: { readonly http?: string };
  readonly adminKey: AdminKey;
  readonly #running: RunningDatabase;
  readonly #rest: RestServer | undefined;
  #options: NodeOptions;
  #closing: Promise<void> | undefined;

  constructor(running: RunningDatabase, options: NodeOptions, adminKey: AdminKey, rest: RestServer | undefined) {
    this.database = running.database;
    this.session = running.session;
    this.folder = running.folder;
    this.addresses = rest === undefined ? {} : { http: rest.url };
    this.adminKey = adminKey;
    this.#running = running;
    this.#rest = rest;
    this.#options = options;
  }

  get options(): NodeOptions {
    return this.#options;
  }

  setLimits(limits: RunningLimits): void {
    this.#running.setLimits(limits);
    this.#options = { ...this.#options, ...limits };
  }

  reload(next: NodeOptions): Reloaded {
    const tls = readTls(next);
    const isTlsNew = this.#rest !== undefined && (tls !== undefined) !== (this.#options.tlsCert !== undefined);
    const { taken, needRestart } = sortTls(compareOptions(this.#options, next), isTlsNew);
    if (!isTlsNew && tls !== undefined) this.#rest?.replaceCertificate(tls);
    this.#options = { ...this.#options, ...Object.fromEntries(taken.map((name) => [name, next[name]])) };
    this.#running.setLimits(this.#options);
    return { taken, needRestart };
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #closeAll(): Promise<void> {
    await this.#rest?.close();
    await this.#running.close();
  }
}

/** Another certificate can be taken over; TLS where there was none, or none where there was, cannot. */
function sortTls({ taken, needRestart }: Reloaded, isTlsNew: boolean): Reloaded {
  if (!isTlsNew) return { taken, needRestart };
  const isTls = (name: OptionName) => TLS.includes(name);
  return { taken: taken.filter((name) => !isTls(name)), needRestart: [...needRestart, ...taken.filter(isTls)] };
}

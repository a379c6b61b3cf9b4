import type { Database, Session } from '@aerolithdb/database';
import type { AdminKey } from './admin-key.ts';
import type { HttpDoors } from './doors/http-doors.ts';
import { readTls } from './listening-rules.ts';
import type { Node, RunningDatabase, RunningLimits } from './node.ts';
import type { NodeLog } from './node-log.ts';
import type { NodeOptions, OptionName } from './options.ts';
import { compareOptions, type Reloaded } from './reload-options.ts';
import { VERSION } from './version.ts';

const TLS: readonly OptionName[] = ['tlsCert', 'tlsKey'];

export type NodeParts = {
  readonly running: RunningDatabase;
  readonly options: NodeOptions;
  readonly adminKey: AdminKey;
  readonly doors: HttpDoors | undefined;
  readonly log: NodeLog;
};

/** A node as `startNode` gives it: the database, its HTTP, and what it runs with. */
export class RunningNode implements Node {
  readonly database: Database;
  readonly session: Session;
  readonly folder: string;
  readonly addresses: { readonly http?: string };
  readonly adminKey: AdminKey;
  readonly #running: RunningDatabase;
  readonly #doors: HttpDoors | undefined;
  readonly #log: NodeLog;
  #options: NodeOptions;
  #closing: Promise<void> | undefined;

  constructor({ running, options, adminKey, doors, log }: NodeParts) {
    this.database = running.database;
    this.session = running.session;
    this.folder = running.folder;
    this.addresses = doors === undefined ? {} : { http: doors.url };
    this.adminKey = adminKey;
    this.#running = running;
    this.#doors = doors;
    this.#log = log;
    this.#options = options;
    log.say('info', 'started', { version: VERSION, data: this.folder, ...this.addresses, height: this.database.status().height });
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
    const isTlsNew = this.#doors !== undefined && (tls !== undefined) !== (this.#options.tlsCert !== undefined);
    const { taken, needRestart } = sortTls(compareOptions(this.#options, next), isTlsNew);
    if (!isTlsNew && tls !== undefined) this.#doors?.replaceCertificate(tls);
    this.#options = { ...this.#options, ...Object.fromEntries(taken.map((name) => [name, next[name]])) };
    this.#running.setLimits(this.#options);
    this.#log.level = this.#options.logLevel;
    this.#log.say('info', 'reloaded', { taken: taken.join(','), needRestart: needRestart.join(',') });
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
    await this.#doors?.close();
    await this.#running.close();
    this.#log.say('info', 'stopped', { data: this.folder });
  }
}

/** Another certificate can be taken over; TLS where there was none, or none where there was, cannot. */
function sortTls({ taken, needRestart }: Reloaded, isTlsNew: boolean): Reloaded {
  if (!isTlsNew) return { taken, needRestart };
  const isTls = (name: OptionName) => TLS.includes(name);
  return { taken: taken.filter((name) => !isTls(name)), needRestart: [...needRestart, ...taken.filter(isTls)] };
}

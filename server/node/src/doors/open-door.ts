import { randomBytes } from 'node:crypto';
import { RestServer } from '@aerolithdb/api';
import { Database, PrincipalRevision, type ReadPool } from '@aerolithdb/database';
import { Reader } from '@aerolithdb/engine/read';
import { Backups } from '../backup/backups.ts';
import { storageFigures } from '../data-folder.ts';
import { Exports } from '../exporting/exports.ts';
import { TurnReader } from '../turn-reader.ts';
import { VERSION } from '../version.ts';
import { toWire } from '../wire-error.ts';
import type { DoorSetup, FromDoor } from './door-messages.ts';
import type { DoorServices } from './door-services.ts';
import type { RemoteCalls } from './remote-calls.ts';
import type { RemoteLog } from './remote-log.ts';

/** What stands in a door thread. It closes in the opposite order. */
export class OpenDoor {
  readonly rest: RestServer;
  readonly #closers: readonly (() => Promise<void> | void)[];

  private constructor(rest: RestServer, closers: readonly (() => Promise<void> | void)[]) {
    this.rest = rest;
    this.#closers = closers;
  }

  /** Resolves when it listens. Throws what `RestServer.start` and `Reader.open` throw. */
  static async open(setup: DoorSetup, log: RemoteLog, calls: RemoteCalls, post: (message: FromDoor) => void): Promise<OpenDoor> {
    const { folder, cacheBytes, principals, startedAt, memory, place } = setup;
    const services = servicesOver(calls);
    const reader = new TurnReader(Reader.open(folder, { cacheBytes }), log);
    const backups = new Backups(folder, VERSION, services);
    const exports = new Exports(folder, services);
    const database = new Database({
      log,
      reader,
      pool: remotePool(services, place),
      backups,
      exports,
      now: Date.now,
      randomBytes,
      slowReads: services.slowReads,
      profile: services.profile,
      storageFigures: () => storageFigures(folder),
      onIndexes: () => void services.wakeUpkeep(),
      version: VERSION,
      principals: new PrincipalRevision(principals),
      secrets: services,
      startedAt,
    });
    const rest = await RestServer.start({
      ...setup.rest,
      database,
      among: { memory, place },
      onFault: (error, request) => post({ kind: 'fault', error: toWire(error), request }),
      onRefusedLogin: (request) => post({ kind: 'refusedLogin', request }),
    });
    return new OpenDoor(rest, [
      () => rest.close(),
      () => database.close(),
      () => backups.close(),
      () => exports.close(),
      () => reader.close(),
      () => log.close(),
    ]);
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }
}

/** The reads of the main thread. `place`: of the door, so that its tokens are no other door's. */
function remotePool(services: DoorServices, place: number): ReadPool {
  let number = 0;
  return {
    read(request, signal) {
      if (signal === undefined) return services.read(request);
      const token = `${place}/${number++}`;
      const end = () => void services.endRead(token);
      if (signal.aborted) queueMicrotask(end);
      else signal.addEventListener('abort', end, { once: true });
      return services.read(request, token);
    },
  };
}

function servicesOver(calls: RemoteCalls): DoorServices {
  return {
    read: (request, token) => calls.call('read', request, token),
    endRead: (token) => calls.call('endRead', token),
    wakeUpkeep: () => calls.call('wakeUpkeep'),
    slowReads: () => calls.call('slowReads'),
    profile: () => calls.call('profile'),
    attempt: (key) => calls.call('attempt', key),
    forget: (key) => calls.call('forget', key),
    hash: (password, salt) => calls.call('hash', password, salt),
    matches: (password, phc) => calls.call('matches', password, phc),
    takeSlot: (kind) => calls.call('takeSlot', kind),
    giveSlot: (kind) => calls.call('giveSlot', kind),
  };
}

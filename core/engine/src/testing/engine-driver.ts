import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Operation, Outcome } from '@aerolithdb/protocol';
import { openReader, type ReaderConnection, type StorageOptions } from '@aerolithdb/storage';
import { readCatalogue, readCounters } from '../catalogue.ts';
import { Engine } from '../engine.ts';

/** For tests: an engine in a folder of its own, given blocks of operations as a log would give them. */
export class EngineDriver {
  readonly folder: string;
  #options: StorageOptions;
  #engine: Engine;
  #commands = 0;

  constructor(options: StorageOptions = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'aerolith-engine-'));
    this.#options = options;
    this.#engine = Engine.open(this.folder, options);
  }

  get engine(): Engine {
    return this.#engine;
  }

  /** Closes and opens again, as after a restart. */
  reopen(options: StorageOptions = this.#options): void {
    this.#engine.close();
    this.#options = options;
    this.#engine = Engine.open(this.folder, options);
  }

  /** Closes; `open` makes the next engine of the folder. */
  reopenWith(open: (folder: string) => Engine): void {
    this.#engine.close();
    this.#engine = open(this.folder);
  }

  command(operation: Operation, id = `c${++this.#commands}`): Command {
    return { id, actor: 'tester', operation };
  }

  /** Applies and commits one block. Its time is a second after the one before. */
  block(commands: readonly Command[]): Outcome[] {
    const { height, time, hash } = this.#engine.head();
    const outcomes = this.#engine.apply({ height: height + 1, time: time + 1000, previousHash: hash, commands });
    this.#engine.commit();
    return outcomes;
  }

  run(...operations: readonly Operation[]): Outcome[] {
    return this.block(operations.map((operation) => this.command(operation)));
  }

  read<T>(work: (connection: ReaderConnection) => T): T {
    const reader = openReader(this.folder);
    try {
      return reader.snapshot(() => work(reader));
    } finally {
      reader.close();
    }
  }

  close(): void {
    this.#engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Every row of every table that belongs to the state, except those of the ledger, as lines of text. */
export function stateLines(connection: ReaderConnection, { versions = true } = {}): string[] {
  const lines: string[] = [];
  const catalogue = readCatalogue(connection);
  for (const record of catalogue.collections.values()) {
    const counters = readCounters(connection, record.table);
    lines.push(JSON.stringify([record.name, record.options, versions ? [record, counters] : counters.documents]));
    const columns = versions ? 'rid, hex(id), version, json(doc)' : 'hex(id), json(doc)';
    push(`SELECT ${columns} FROM documents_${record.table} ORDER BY ${versions ? 'rid' : 'id'}`);
    if (versions) push(`SELECT hex(id), version, deleted FROM history_${record.table} ORDER BY id, version`);
    for (const index of record.indexes) {
      lines.push(JSON.stringify([index.name, index.keys, index.unique, index.multikey]));
      if (versions) push(`SELECT hex(key), rid FROM index_${index.table} ORDER BY key, rid`);
      else
        push(
          `SELECT hex(key), hex(d.id) FROM index_${index.table} JOIN documents_${record.table} d USING (rid) ORDER BY key, d.id`,
        );
    }
  }
  for (const principal of catalogue.principals.values()) lines.push(JSON.stringify(principal));
  if (versions) push('SELECT height, applied_ids, applied_results FROM blocks ORDER BY height');
  return lines;

  function push(sql: string): void {
    for (const row of connection.prepare(sql, 'raw').iterate()) lines.push(JSON.stringify(row));
  }
}

export function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex');
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AerolithError,
  type FindRequest,
  type Operation,
  type OperationResult,
  type Outcome,
  type ReadAnswer,
  type ReadRequest,
} from '@aerolithdb/protocol';
import { Engine } from '../engine.ts';
import { Reader } from './reader.ts';

/** For tests: an engine and a reader on a folder of their own, with one block for each `run`. */
export class ScratchDatabase implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'aerolith-read-'));
  readonly engine = Engine.open(this.folder);
  readonly reader = Reader.open(this.folder);
  #commands = 0;

  /** Applies each operation as a command of one block, at `time` or a second after the last block. Throws what a command is refused with. */
  run(operations: readonly Operation[], time?: number): OperationResult[] {
    return this.apply(operations, time).map((outcome) => {
      if (outcome.ok) return outcome.result;
      throw new AerolithError('invalid_command', `${outcome.error.code}: ${outcome.error.message}`);
    });
  }

  /** As `run`, refusals included. */
  apply(operations: readonly Operation[], time?: number): Outcome[] {
    const { height, hash, time: last } = this.engine.head();
    const commands = operations.map((operation) => ({ id: `c${this.#commands++}`, actor: 'test', operation }));
    const outcomes = this.engine.apply({ height: height + 1, time: time ?? last + 1000, previousHash: hash, commands });
    this.engine.commit();
    return outcomes;
  }

  read(request: ReadRequest): ReadAnswer {
    return this.reader.read(request);
  }

  readAtOnce(request: FindRequest): ReadAnswer | undefined {
    return this.reader.readAtOnce(request);
  }

  [Symbol.dispose](): void {
    this.reader.close();
    this.engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

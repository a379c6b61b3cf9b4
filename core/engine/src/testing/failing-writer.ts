import { openWriter, StorageError, type WriterConnection } from '@aerolithdb/storage';

/** What a test lets fail, and what it has counted. */
export type Faults = { failCommit: boolean; failRollback: boolean; failBlockWrite: boolean };

/** A real writer, parts of which fail when they are told to. */
export function openFailingWriter(folder: string): { readonly writer: WriterConnection; readonly faults: Faults } {
  const real = openWriter(folder);
  const faults: Faults = { failCommit: false, failRollback: false, failBlockWrite: false };
  const broken = () => new StorageError('io', real.file, 'The disk failed: injected.');
  const writer: WriterConnection = {
    file: real.file,
    get inTransaction() {
      return real.inTransaction;
    },
    prepare: (sql, shape) => {
      if (faults.failBlockWrite && sql.startsWith('INSERT INTO blocks')) throw broken();
      return real.prepare(sql, shape);
    },
    defineFunction: (name, body) => real.defineFunction(name, body),
    exec: (sql) => real.exec(sql),
    begin: () => real.begin(),
    commit: () => {
      if (faults.failCommit) throw broken();
      real.commit();
    },
    flush: () => real.flush(),
    committed: () => real.committed(),
    rollback: () => {
      if (faults.failRollback) throw broken();
      real.rollback();
    },
    tryRollback: () => (faults.failRollback ? false : real.tryRollback()),
    checkpoint: () => real.checkpoint(),
    check: () => real.check(),
    close: () => real.close(),
  };
  return { writer, faults };
}

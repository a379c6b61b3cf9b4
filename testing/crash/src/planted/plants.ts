/**
 * Builds with a planted bug, as negative controls: the tests of this folder must fail on them. A plant replaces parts of the source
 * of one file while it is loaded; the product itself has no switch for it.
 */
export type Plant = {
  /** The test that must fail. */
  readonly caughtBy: 'kill' | 'power' | 'power-after-kill';
  readonly file: string;
  readonly replacements: readonly (readonly [original: string, planted: string])[];
};

export const PLANTS: Readonly<Record<string, Plant>> = {
  /** After the first commits, only one in ten reaches the disk, with those before it; all are acknowledged at once. */
  'lazy-commit': {
    caughtBy: 'kill',
    file: '/core/storage/src/writer.ts',
    replacements: [
      ["this.prepare('BEGIN IMMEDIATE').run()", "this.database.inTransaction || this.prepare('BEGIN IMMEDIATE').run()"],
      [
        "this.prepare('COMMIT').run()",
        "{ globalThis.planted = (globalThis.planted ?? 0) + 1; if (globalThis.planted < 20 || globalThis.planted % 10 === 0) this.prepare('COMMIT').run(); }",
      ],
      ["if (this.database.inTransaction) this.database.exec('ROLLBACK');", ''],
    ],
  },
  'skip-idempotency': {
    caughtBy: 'kill',
    file: '/core/engine/src/apply/apply-command.ts',
    replacements: [['window.repeated(context, command) ?? applyNew(', 'applyNew(']],
  },
  /** A flush resolves and syncs nothing. */
  'ack-before-fsync': {
    caughtBy: 'power',
    file: '/core/storage/src/log-sync.ts',
    replacements: [['fdatasync(this.#wal, (error) => {', '((work) => work(null))((error) => {']],
  },
  /** What a process before left in the system's cache is shown and not synced. */
  'open-without-sync': {
    caughtBy: 'power-after-kill',
    file: '/core/storage/src/log-sync.ts',
    replacements: [['fdatasyncSync(this.#wal);', '']],
  },
  /** The end of a flush also acknowledges the block that was committed while it ran. */
  'ack-next-block': {
    caughtBy: 'power',
    file: '/cluster/log/src/block-sync.ts',
    replacements: [
      [
        '    this.#next();\n    this.#options.onDurable(blocks);',
        '    this.#options.onDurable([...blocks, ...this.#waiting.splice(0)]);',
      ],
    ],
  },
  /** The log is moved into the file without a sync of the one before or the other after, and is then written over. */
  'checkpoint-without-sync': {
    caughtBy: 'power',
    file: '/core/storage/src/writer.ts',
    replacements: [["pragma('synchronous=NORMAL')", "pragma('synchronous=OFF')"]],
  },
};

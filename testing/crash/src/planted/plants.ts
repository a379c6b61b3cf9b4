/**
 * Builds with a planted bug, as negative controls: the tests of this folder must fail on them. A plant replaces parts of the source
 * of one file while it is loaded; the product itself has no switch for it.
 */
export type Plant = { readonly file: string; readonly replacements: readonly (readonly [original: string, planted: string])[] };

export const PLANTS: Readonly<Record<string, Plant>> = {
  /** After the first commits, only one in ten reaches the disk, with those before it; all are acknowledged at once. */
  'lazy-commit': {
    file: '/core/storage/src/writer.ts',
    replacements: [
      ["this.prepare('BEGIN IMMEDIATE').run()", "this.#database.inTransaction || this.prepare('BEGIN IMMEDIATE').run()"],
      [
        "this.prepare('COMMIT').run()",
        "{ globalThis.planted = (globalThis.planted ?? 0) + 1; if (globalThis.planted < 20 || globalThis.planted % 10 === 0) this.prepare('COMMIT').run(); }",
      ],
      ["if (this.#database.inTransaction) this.#database.exec('ROLLBACK');", ''],
    ],
  },
  'skip-idempotency': {
    file: '/core/engine/src/apply/apply-command.ts',
    replacements: [['window.repeated(context, command, encoded) ?? applyNew(', 'applyNew(']],
  },
};

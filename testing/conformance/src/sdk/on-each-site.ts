import { after, before, describe, test } from 'node:test';
import type { AerolithDatabase } from '@aerolithdb/client';
import { SITES, type Site } from './open-site.ts';

/** What a scenario works with: a database, and the name of a collection that is its own. */
export type Scene = { readonly db: AerolithDatabase; readonly name: string };

export type Scenario = (scene: Scene) => Promise<void>;

/** Runs the same scenarios on every way to a database. */
export function onEachSite(subject: string, scenarios: Readonly<Record<string, Scenario>>): void {
  for (const [siteName, openSite] of Object.entries(SITES)) {
    describe(`${subject}: ${siteName}`, () => {
      let site: Site;
      before(async () => {
        site = await openSite();
      });
      after(() => site[Symbol.asyncDispose]());
      for (const [index, [title, scenario]] of Object.entries(scenarios).entries()) {
        test(title, async () => {
          const name = `scene${index}`;
          await site.db.createCollection(name);
          await scenario({ db: site.db, name });
        });
      }
    });
  }
}

/** Matches an `AerolithError` of a code, for `assert.rejects`. */
export function code(expected: string): (error: unknown) => boolean {
  return (error) => error instanceof Error && 'code' in error && error.code === expected;
}

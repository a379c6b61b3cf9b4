import type { Path } from '@aerolithdb/query';
import { type Fragment, raw } from './sql-fragment.ts';

/** The SQL literal of the JSON path of these fields: `'$."address"."city"'`. Reaches through objects only, never into arrays. */
export function jsonPath(path: Path): Fragment {
  return raw(sqlString(`$${path.map((name) => `.${JSON.stringify(name)}`).join('')}`));
}

function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Whether SQL may follow this path. Names with a `$` could reach into a type wrapper (`{"$date": …}`), which is one value.
 * SQLite ends its texts at a zero character.
 */
export function isPlainPath(path: Path): boolean {
  return path.every((name) => !name.startsWith('$') && !name.includes('\0'));
}

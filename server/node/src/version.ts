import { readFileSync } from 'node:fs';

type PackageFile = { readonly version: string };

/** Version of the program: that of this package, which stands two folders above the sources' `src` and one above `dist`. */
export const VERSION = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as PackageFile).version;

import type { Manifest, PublicPackage } from './public-package.ts';

/** The oldest Node that published code runs on. */
const ENGINES = { node: '>=24' };

/**
 * The package.json that is published: entries lead to JavaScript and declarations, packages of this project are asked for in exactly
 * the version they have now, and what only developing needs is left out.
 */
export function publishedManifest({ manifest }: PublicPackage, versions: ReadonlyMap<string, string>): Manifest {
  const { devDependencies: _unneeded, private: _private, exports = {}, browser, bin, dependencies = {}, ...kept } = manifest;
  return {
    ...kept,
    engines: ENGINES,
    files: ['src'],
    exports: mapValues(exports, publishedEntry),
    ...(browser === undefined ? {} : { browser: publishedSwaps(browser) }),
    ...(bin === undefined ? {} : { bin: mapValues(bin, toJavaScript) }),
    dependencies: mapValues(dependencies, (version, name) => versions.get(name) ?? version),
    publishConfig: { access: 'public' },
  } as unknown as Manifest;
}

function publishedEntry(source: string): { types: string; default: string } {
  return { types: source.replace(/\.ts$/, '.d.ts'), default: toJavaScript(source) };
}

function publishedSwaps(browser: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(browser).map(([file, other]) => [toJavaScript(file), toJavaScript(other)]));
}

function toJavaScript(source: string): string {
  return source.replace(/\.ts$/, '.js');
}

function mapValues<T, R>(table: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, map(value, key)]));
}

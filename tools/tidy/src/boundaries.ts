import { isBuiltin } from 'node:module';
import type { Finding, Outcome } from './finding.ts';
import { type Import, importsOf, packageOf } from './imports.ts';
import { type Project, packageFolder, type Source } from './project.ts';
import { productionFiles } from './reach.ts';

/** What one layer may import of ours. Third-party packages are bound by the package.json of the layer instead. */
interface Boundary {
  /** A package folder, or a group of them when it ends in `/`. */
  readonly of: string;
  /** Specifiers; a package name alone does not include its further entries. */
  readonly mayImport: readonly string[] | 'any public entry';
  /** Whether Node's own modules may be imported (tests always may). */
  readonly node: boolean;
  /** Files that may import more. */
  readonly except?: { readonly files: RegExp; readonly mayImport: readonly string[] };
}

/** Who may import whom. The first row that fits a file holds. */
export const BOUNDARIES: readonly Boundary[] = [
  { of: 'core/protocol', mayImport: [], node: false },
  { of: 'core/query', mayImport: ['@aerolithdb/protocol'], node: false },
  { of: 'core/storage', mayImport: [], node: true },
  {
    of: 'core/engine',
    mayImport: ['@aerolithdb/protocol', '@aerolithdb/query', '@aerolithdb/query/text', '@aerolithdb/storage'],
    node: true,
  },
  { of: 'cluster/', mayImport: ['@aerolithdb/protocol'], node: true },
  {
    of: 'server/database',
    mayImport: [
      '@aerolithdb/protocol',
      '@aerolithdb/query',
      '@aerolithdb/engine/read',
      '@aerolithdb/engine/access',
      '@aerolithdb/engine/derive',
      '@aerolithdb/log',
    ],
    node: true,
  },
  { of: 'server/api', mayImport: ['@aerolithdb/protocol', '@aerolithdb/database'], node: true },
  { of: 'server/node', mayImport: 'any public entry', node: true },
  {
    of: 'clients/cli',
    mayImport: ['@aerolithdb/protocol', '@aerolithdb/query', '@aerolithdb/client'],
    node: true,
    except: {
      files:
        /^clients\/cli\/src\/(commands\/(start|backup|restore|config|doctor|bench|key)[^/]*|benching\/[^/]*|shell\/open-folder)\.ts$/,
      mayImport: ['@aerolithdb/node', '@aerolithdb/node/doctor', '@aerolithdb/embedded'],
    },
  },
  {
    of: 'clients/embedded',
    mayImport: ['@aerolithdb/protocol', '@aerolithdb/query', '@aerolithdb/node', '@aerolithdb/client'],
    node: true,
  },
  { of: 'clients/typescript', mayImport: ['@aerolithdb/protocol', '@aerolithdb/query'], node: false },
  { of: 'clients/', mayImport: ['@aerolithdb/protocol', '@aerolithdb/query'], node: true },
  { of: 'extensions/', mayImport: 'any public entry', node: true },
  { of: 'testing/', mayImport: 'any public entry', node: true },
  { of: 'tools/', mayImport: 'any public entry', node: true },
];

/** Who imports whom, held against the table; and every package that is imported is named in the importer's package.json. */
export function checkBoundaries(project: Project): Outcome {
  const judge = new Judge(project);
  const findings = project.sources.flatMap((source) =>
    importsOf(source).flatMap((imported) => {
      const message = judge.judge(source, imported);
      return message === undefined ? [] : [{ file: source.path, line: imported.line, message } satisfies Finding];
    }),
  );
  return { findings, looked: project.sources.length, lookedMin: 150, unit: 'files' };
}

interface PackageFacts {
  readonly name: string;
  readonly folder: string;
  /** Names of the packages it may rely on once it is published. */
  readonly dependencies: ReadonlySet<string>;
}

class Judge {
  readonly #packages: ReadonlyMap<string, PackageFacts>;
  /** What tests, testing/ and tools/ may rely on: they run in the clone alone, where all of it is installed. */
  readonly #installed: ReadonlySet<string>;
  readonly #production: ReadonlySet<string>;

  constructor(project: Project) {
    const manifests = readManifests(project);
    this.#packages = new Map(manifests.map((manifest) => [manifest.folder, toFacts(manifest)]));
    this.#installed = new Set(manifests.flatMap(({ json }) => [...keys(json.dependencies), ...keys(json.devDependencies)]));
    this.#production = productionFiles(project);
  }

  /** What is wrong with the import, in a sentence; undefined when nothing is. */
  judge(source: Source, imported: Import): string | undefined {
    const folder = packageFolder(source.path);
    if (folder === undefined) return undefined;
    if (imported.target !== undefined) return judgeRelative(folder, imported, imported.target);
    const boundary = BOUNDARIES.find(({ of }) => (of.endsWith('/') ? folder.startsWith(of) : folder === of));
    if (boundary === undefined) return `${folder} is in no row of BOUNDARIES in tools/tidy/src/boundaries.ts; add one`;
    const { specifier } = imported;
    if (isBuiltin(specifier)) return this.#judgeBuiltin(source, specifier, boundary);
    if (specifier.startsWith('@aerolithdb/')) return this.#judgeOurs(source, folder, specifier, boundary);
    return this.#judgeThirdParty(source, folder, packageOf(specifier));
  }

  #judgeBuiltin({ path }: Source, specifier: string, { node, of }: Boundary): string | undefined {
    if (node || !this.#production.has(path)) return undefined;
    return `${of} runs in browsers and may not import '${specifier}'; take what you need of the world as a parameter`;
  }

  #judgeOurs({ path }: Source, folder: string, specifier: string, { of, mayImport, except }: Boundary): string | undefined {
    const imported = [...this.#packages.values()].find((facts) => facts.name === packageOf(specifier));
    if (imported === undefined) return `'${specifier}' is no package of this project`;
    if (imported.folder === folder) return `a package imports its own files by relative path, not by '${specifier}'`;
    if (IN_CLONE_ONLY.test(imported.folder) && !IN_CLONE_ONLY.test(folder)) return `nothing may import ${imported.folder}`;
    if (mayImport === 'any public entry' || mayImport.includes(specifier)) return undefined;
    if (except?.files.test(path) && except.mayImport.includes(specifier)) return undefined;
    const allowed = mayImport.join(', ') || 'nothing of ours';
    return `${of} may not import '${specifier}' (it may import ${allowed}); declare the interface you need and take it as a parameter`;
  }

  #judgeThirdParty({ path }: Source, folder: string, name: string): string | undefined {
    if (this.#packages.get(folder)?.dependencies.has(name)) return undefined;
    const inCloneOnly = IN_CLONE_ONLY.test(folder) || !this.#production.has(path);
    if (inCloneOnly && this.#installed.has(name)) return undefined;
    return `'${name}' is not among the dependencies of ${folder}/package.json`;
  }
}

const IN_CLONE_ONLY = /^(testing|tools)\//;

function judgeRelative(folder: string, { specifier, byUrl }: Import, target: string): string | undefined {
  const isRead = byUrl && (IN_CLONE_ONLY.test(folder) || target.startsWith('contracts/'));
  if (isRead || target.startsWith(`${folder}/`)) return undefined;
  return `'${specifier}' leaves the package; import the package by its name`;
}

interface Manifest {
  readonly folder: string;
  readonly json: { name: string; dependencies?: object; peerDependencies?: object; devDependencies?: object };
}

function readManifests(project: Project): Manifest[] {
  const paths = project.files.filter((file) => /(^|\/)package\.json$/.test(file));
  return paths.map((path) => ({ folder: path.replace(/\/?package\.json$/, ''), json: JSON.parse(project.read(path)) }));
}

function toFacts({ folder, json }: Manifest): PackageFacts {
  return { name: json.name, folder, dependencies: new Set([...keys(json.dependencies), ...keys(json.peerDependencies)]) };
}

function keys(table: object | undefined): string[] {
  return Object.keys(table ?? {});
}

import { join, relative } from 'node:path';
import { openProject } from '@aerolithdb/tidy/project';
import { productionFiles } from '@aerolithdb/tidy/reach';
import ts from 'typescript';

/** One emitted file. */
export interface Emitted {
  /** Relative to the clone, beside its source: `core/query/src/matches.js`. */
  readonly path: string;
  readonly text: string;
}

/** Compiles what the public packages need at run time, and its declarations. Throws when a type is wrong. */
export function emit(root: string, folders: readonly string[]): Emitted[] {
  const isPublic = (path: string): boolean => folders.some((folder) => path.startsWith(`${folder}/src/`));
  const sources = [...productionFiles(openProject(root))].filter(isPublic);
  const ambient = ts.sys.readDirectory(
    root,
    ['.d.ts'],
    undefined,
    folders.map((folder) => `${folder}/src/**/*.d.ts`),
  );
  const program = ts.createProgram([...sources.map((path) => join(root, path)), ...ambient], compilerOptions(root));
  const emitted: Emitted[] = [];
  const { diagnostics } = program.emit(undefined, (file, text) => {
    const path = relative(root, file).replaceAll('\\', '/');
    if (isPublic(path)) emitted.push({ path, text: path.endsWith('.d.ts') ? withJavaScriptImports(text) : text });
  });
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, formatHost(root)));
  return emitted;
}

/** The compiler rewrites relative imports in JavaScript, not in declarations. */
function withJavaScriptImports(declarations: string): string {
  return declarations.replaceAll(/((?:from|import) ?\(?)(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2');
}

function compilerOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return { ...options, noEmit: false, declaration: true, rootDir: root };
}

function formatHost(root: string): ts.FormatDiagnosticsHost {
  return { getCurrentDirectory: () => root, getCanonicalFileName: (file) => file, getNewLine: () => '\n' };
}

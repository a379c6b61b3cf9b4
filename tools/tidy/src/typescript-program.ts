import { join, relative } from 'node:path';
import ts from 'typescript';
import type { Finding } from './finding.ts';

/** The whole project as the compiler sees it. */
export interface Programs {
  readonly root: string;
  readonly program: ts.Program;
  readonly host: ts.CompilerHost;
}

/** Reads tsconfig.json at `root`. */
export function openProgram(root: string): Programs {
  const { config, error } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options, true);
  return { root, host, program: ts.createProgram(fileNames, options, host) };
}

/** The same program with further files that exist only in memory; what did not change is not parsed again. */
export function withVirtualFiles({ root, program, host }: Programs, texts: ReadonlyMap<string, string>): ts.Program {
  const virtual = new Map([...texts].map(([path, text]) => [join(root, path), text]));
  const options = program.getCompilerOptions();
  const extended: ts.CompilerHost = {
    ...host,
    fileExists: (file) => virtual.has(file) || host.fileExists(file),
    readFile: (file) => virtual.get(file) ?? host.readFile(file),
    getSourceFile: (file, language, ...rest) => {
      const text = virtual.get(file);
      const known = text === undefined ? program.getSourceFile(file) : undefined;
      if (text === undefined) return known ?? host.getSourceFile(file, language, ...rest);
      return ts.createSourceFile(file, text, language, true);
    },
  };
  return ts.createProgram([...program.getRootFileNames(), ...virtual.keys()], options, extended, program);
}

/** A diagnostic of the compiler as a finding. */
export function toFinding(root: string, diagnostic: ts.Diagnostic): Finding {
  const message = `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n  ')}`;
  const { file, start } = diagnostic;
  if (file === undefined || start === undefined) return { file: 'tsconfig.json', line: 0, message };
  return { file: relative(root, file.fileName), line: file.getLineAndCharacterOfPosition(start).line + 1, message };
}

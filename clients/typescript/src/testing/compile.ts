import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const CONFIG = ts.findConfigFile(fileURLToPath(new URL('.', import.meta.url)), ts.sys.fileExists)!;

export type Compiled = {
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  readonly ms: number;
  /** Types that the compiler made out of generic ones: the work, whatever the machine; the same for the same compiler. */
  readonly instantiations: number;
};

/** Compiles one text, as a file in this folder, with the options of the project, and tells what is wrong in it and how long it took. */
export function compile(text: string): Compiled {
  const file = fileURLToPath(new URL('compiled-fixture.ts', import.meta.url));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, target, ...rest) =>
    name === file ? ts.createSourceFile(name, text, target, true) : getSourceFile.call(host, name, target, ...rest);
  const program = ts.createProgram([file], options, host);
  program.getTypeChecker();
  const before = program.getInstantiationCount();
  const startedAt = performance.now();
  const source = program.getSourceFile(file)!;
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const ms = performance.now() - startedAt;
  const instantiations = program.getInstantiationCount() - before;
  return { errors: diagnostics.map((diagnostic) => errorOf(source, diagnostic)), ms, instantiations };
}

function errorOf(source: ts.SourceFile, { start = 0, messageText }: ts.Diagnostic): Compiled['errors'][number] {
  const line = source.getLineAndCharacterOfPosition(start).line + 1;
  return { line, message: ts.flattenDiagnosticMessageText(messageText, ' ') };
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(CONFIG, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(CONFIG)).options;
}

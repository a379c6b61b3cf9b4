import { join, posix } from 'node:path';
import ts from 'typescript';
import { collectExamples, type Example } from './collect-examples.ts';
import type { Finding, Outcome } from './finding.ts';
import { type Project, packageFolder } from './project.ts';
import { type Programs, toFinding, withVirtualFiles } from './typescript-program.ts';

/** Packages whose exports an `@example` may use without an import, after those of its own file and package. */
const IN_SCOPE = ['core/protocol/src/index.ts', 'core/query/src/index.ts'];

/** Examples in pages and docstrings compile against the project as it is. */
export function checkExamples(project: Project, programs: Programs): Outcome {
  const examples = collectExamples(project);
  const compiled = examples.filter((example) => !example.ignored);
  const units = compiled.map((example, index) => toUnit(example, index, programs));
  const program = withVirtualFiles(programs, new Map(units.map((unit) => [unit.path, unit.text])));
  const findings = units.flatMap((unit) => diagnose(unit, program, programs.root));
  const ignored = examples.length - compiled.length;
  return { findings, looked: compiled.length, lookedMin: 5, unit: `examples (${ignored} more marked as fragments)` };
}

/** An example as a file of its own, beside the file it documents. */
interface Unit {
  readonly example: Example;
  readonly path: string;
  readonly text: string;
  /** Lines before the example. */
  readonly headLines: number;
}

function toUnit(example: Example, index: number, programs: Programs): Unit {
  const folder = example.file.endsWith('.md') ? '' : posix.dirname(example.file);
  const imports = example.file.endsWith('.md') ? '' : importsFor(example, programs);
  const head = `export {}; ${imports}\n`;
  return { example, path: posix.join(folder, `example-${index}.ts`), text: head + example.code, headLines: 1 };
}

function importsFor({ file, code }: Example, { root, program }: Programs): string {
  const { used, own } = namesOf(code);
  const index = `${packageFolder(file)}/src/index.ts`;
  const lines: string[] = [];
  for (const module of new Set([file, index, ...IN_SCOPE])) {
    const names = exportsOf(program, join(root, module)).filter((name) => used.has(name) && !own.has(name));
    for (const name of names) own.add(name);
    const specifier = posix.relative(posix.dirname(file), module);
    if (names.length > 0)
      lines.push(`import { ${names.join(', ')} } from '${specifier.startsWith('.') ? specifier : `./${specifier}`}';`);
  }
  return lines.join(' ');
}

/** The identifiers that the code uses, and those that it imports or declares itself. */
function namesOf(code: string): { used: Set<string>; own: Set<string> } {
  const used = new Set<string>();
  const own = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    if (ts.isImportSpecifier(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))
      own.add(node.name?.text ?? '');
    if (ts.isVariableDeclaration(node)) for (const name of bindingNames(node.name)) own.add(name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true));
  return { used, own };
}

function bindingNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

function exportsOf(program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(file);
  const checker = program.getTypeChecker();
  const module = source && checker.getSymbolAtLocation(source);
  return module === undefined ? [] : checker.getExportsOfModule(module).map((symbol) => symbol.name);
}

function diagnose({ example, path, headLines }: Unit, program: ts.Program, root: string): Finding[] {
  const source = program.getSourceFile(join(root, path));
  if (source === undefined) throw new Error(`The compiler did not read ${path}.`);
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return diagnostics.map((diagnostic) => {
    const { line, message } = toFinding(root, diagnostic);
    return { file: example.file, line: example.line + line - headLines - 1, message: `the example does not compile: ${message}` };
  });
}

import ts from 'typescript';
import type { Finding, Outcome } from './finding.ts';
import { lineOf, type Project, type Source, walk } from './project.ts';
import { productionFiles } from './reach.ts';

const BLOCK_TIME = 'the time of the block, or a clock passed in by the caller';
const BLOCK_CHANCE = 'bytes passed in by the caller (the client or the entry node draws them before the command is made)';
const NO_TIMERS = 'nothing: the core does not wait; its caller does';
const CODE_POINTS = 'compareText of core/protocol, which compares code points on every machine alike';
const PLAIN_TEXT = 'String(), toString() or a format written out';

/** Names of the global scope that the core may not use, each with what to use instead. */
const GLOBALS: Readonly<Record<string, string>> = {
  Date: BLOCK_TIME,
  performance: BLOCK_TIME,
  crypto: BLOCK_CHANCE,
  setTimeout: NO_TIMERS,
  setInterval: NO_TIMERS,
  setImmediate: NO_TIMERS,
  fetch: 'an interface passed in by the caller: the core opens no socket',
  process: 'an option passed in by the caller: the core knows no environment',
  Intl: CODE_POINTS,
};

/** Names of properties. */
const PROPERTIES: Readonly<Record<string, string>> = {
  localeCompare: CODE_POINTS,
  toLocaleString: PLAIN_TEXT,
  toLocaleDateString: PLAIN_TEXT,
  toLocaleTimeString: PLAIN_TEXT,
  toLocaleLowerCase: 'toLowerCase',
  toLocaleUpperCase: 'toUpperCase',
};

/** Names that a module of Node gives. */
const IMPORTS: Readonly<Record<string, string>> = {
  randomBytes: BLOCK_CHANCE,
  randomUUID: BLOCK_CHANCE,
  randomInt: BLOCK_CHANCE,
  randomFillSync: BLOCK_CHANCE,
  getRandomValues: BLOCK_CHANCE,
  webcrypto: BLOCK_CHANCE,
};

const MODULES: Readonly<Record<string, string>> = {
  'node:timers': NO_TIMERS,
  'node:timers/promises': NO_TIMERS,
  'node:perf_hooks': BLOCK_TIME,
  'node:process': 'an option passed in by the caller',
  'node:net': 'an interface passed in by the caller',
  'node:http': 'an interface passed in by the caller',
};

/** `plain.ts` turns values into JavaScript's own types, of which Date is one; it reads no clock. */
const EXEMPT: Readonly<Record<string, readonly string[]>> = { 'core/protocol/src/plain.ts': ['Date'] };

/** The core is a function of the command and the block: no clock, chance, locale, timer, socket or environment; no await in apply. */
export function checkBans(project: Project): Outcome {
  const production = productionFiles(project);
  const core = project.sources.filter(({ path }) => path.startsWith('core/') && production.has(path));
  const findings = core.flatMap((source) => findBans(source));
  return { findings, looked: core.length, lookedMin: 80, unit: 'files of the core' };
}

function findBans(source: Source): Finding[] {
  const findings: Finding[] = [];
  const isApply = source.path.startsWith('core/engine/src/apply');
  walk(source, (node) => {
    const message = judge(node) ?? (isApply ? judgeAwait(node) : undefined);
    if (message === undefined || EXEMPT[source.path]?.includes(node.getText())) return;
    findings.push({ file: source.path, line: lineOf(source, node), message });
  });
  return findings;
}

function judge(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return ban('Math.random', BLOCK_CHANCE);
  if (ts.isStringLiteral(node) && ts.isImportDeclaration(node.parent)) return lookUp(MODULES, node.text);
  if (!ts.isIdentifier(node)) return undefined;
  if (ts.isImportSpecifier(node.parent)) return lookUp(IMPORTS, node.text);
  if (isPropertyName(node)) return lookUp(PROPERTIES, node.text);
  return isDeclaredName(node) ? undefined : lookUp(GLOBALS, node.text);
}

function judgeAwait(node: ts.Node): string | undefined {
  if (!ts.isAwaitExpression(node) && !(ts.isForOfStatement(node) && node.awaitModifier)) return undefined;
  return ban('await in apply', 'synchronous calls: a block is applied in one step');
}

function lookUp(table: Readonly<Record<string, string>>, name: string): string | undefined {
  const instead = Object.hasOwn(table, name) ? table[name] : undefined;
  return instead === undefined ? undefined : ban(name, instead);
}

function ban(name: string, instead: string): string {
  return `the core may not use ${name}; use ${instead}`;
}

function isPropertyName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** A name that is declared or is a key, and so does not refer to the global of that name. */
function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
}

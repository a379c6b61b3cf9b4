import ts from 'typescript';
import type { Finding, Outcome } from './finding.ts';
import { lineOf, type Project, type Source, walk } from './project.ts';

/** Lines of a file from which it needs an entry in the ratchet, and from which it must be split. */
const FILE_LINES = { reason: 400, max: 600 };
const FUNCTION_LINES_MAX = 70;

export const RATCHET_FILE = 'tools/tidy/ratchet.json';

/** Lines that a large file, or a long function as `file#name`, has now; an entry is lowered with its subject and never raised. */
export type Ratchet = Readonly<Record<string, number>>;

/** Sizes of files and functions. */
export function checkSizes(project: Project): Outcome {
  const ratchet: Ratchet = project.files.includes(RATCHET_FILE) ? JSON.parse(project.read(RATCHET_FILE)) : {};
  const sizes = project.sources.flatMap((source) => [fileSize(source), ...functionSizes(source)]);
  const known = new Set(sizes.map((size) => size.key));
  const stale = Object.keys(ratchet).filter((key) => !known.has(key));
  const findings = [...sizes.flatMap((size) => judge(size, ratchet)), ...stale.map((key) => unneeded(key))];
  return { findings, looked: sizes.length, lookedMin: 800, unit: 'files and functions' };
}

interface Size {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly lines: number;
  /** Lines it may have without an entry. */
  readonly free: number;
  readonly max: number;
  readonly what: string;
}

function fileSize({ path, text }: Source): Size {
  const lines = text.trimEnd().split('\n').length;
  return { key: path, file: path, line: 0, lines, free: FILE_LINES.reason, max: FILE_LINES.max, what: 'the file' };
}

function functionSizes(source: Source): Size[] {
  const sizes: Size[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined || isSuite(node)) return;
    const first = lineOf(source, node);
    const last = source.tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
    const name = nameOf(node);
    const key = `${source.path}#${name}`;
    const limits = { free: FUNCTION_LINES_MAX, max: Number.POSITIVE_INFINITY };
    sizes.push({ key, file: source.path, line: first, lines: last - first + 1, ...limits, what: `the function ${name}` });
  });
  return sizes;
}

/** The callback of a `describe` holds tests, which are counted by themselves. */
function isSuite(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^(describe|suite)\b/.test(node.parent.expression.getText());
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? (ts.isConstructorDeclaration(node) ? 'constructor' : '(no name)');
}

function judge(size: Size, ratchet: Ratchet): Finding[] {
  const { key, file, line, lines, free, max, what } = size;
  const kept = ratchet[key];
  const say = (message: string): Finding[] => [{ file, line, message: `${what} has ${lines} lines; ${message}` }];
  if (lines > max) return say(`more than ${max} is split, whatever the reason`);
  if (lines <= free) return kept === undefined ? [] : [unneeded(key)];
  if (kept === undefined) return say(`more than ${free} is split, or has its size and a reviewed reason in ${RATCHET_FILE}`);
  if (lines > kept) return say(`${RATCHET_FILE} allows ${kept}, and an entry never grows`);
  return lines < kept ? say(`lower its entry in ${RATCHET_FILE} from ${kept} to ${lines}`) : [];
}

function unneeded(key: string): Finding {
  return { file: RATCHET_FILE, line: 0, message: `the entry "${key}" is not needed any more; remove it` };
}
